-- Purpose: begin a pre-queue: indexes from here on get their numbers by the draw of this phase.
-- KEYS[1]: state
-- ARGV[1]: run
-- ARGV[2]: phase id
-- Returns: {'open', first index} | {'frozen', first index, size} when its draw was held | {'blank'}
-- Keeps: the first index of a pre-queue never changes once set.
-- Cost: O(1)
local state, phase = KEYS[1], ARGV[2]
local facts = redis.call('HMGET', state, 'run', 'joined', 'from', 'phase', 'draw:' .. phase)
if facts[1] ~= ARGV[1] then return {'blank'} end
if facts[5] then
  local first, size = string.match(facts[5], '^(%d+) (%d+)$')
  return {'frozen', tonumber(first), tonumber(size)}
end
if facts[4] ~= phase or not facts[3] then
  redis.call('HSET', state, 'from', facts[2], 'phase', phase)
  return {'open', tonumber(facts[2])}
end
return {'open', tonumber(facts[3])}
