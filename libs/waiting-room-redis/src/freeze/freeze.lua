-- Purpose: end a pre-queue at this instant: fix which indexes its draw covers.
-- KEYS[1]: state
-- ARGV[1]: run
-- ARGV[2]: phase id
-- ARGV[3]: how many have joined at least, as the caller knows
-- Returns: {'frozen', first index, size} | {'not_open'} when this pre-queue was never opened | {'blank'}
-- Keeps: a frozen size never changes; whoever joins after it lines up behind. A counter below what the caller saw is
--   that of an older copy: the line is closed until it is restored.
-- Cost: O(1)
local state, phase = KEYS[1], ARGV[2]
local field = 'draw:' .. phase
local facts = redis.call('HMGET', state, 'run', 'joined', 'from', 'phase', field)
if facts[1] ~= ARGV[1] then return {'blank'} end
if tonumber(facts[2]) < tonumber(ARGV[3]) then
  redis.call('HSET', state, 'joined', ARGV[3])
  redis.call('HDEL', state, 'run')
  return {'blank'}
end
if facts[5] then
  local first, size = string.match(facts[5], '^(%d+) (%d+)$')
  return {'frozen', tonumber(first), tonumber(size)}
end
if facts[4] ~= phase or not facts[3] then return {'not_open'} end
local first = tonumber(facts[3])
local size = tonumber(facts[2]) - first
redis.call('HSET', state, field, first .. ' ' .. size)
redis.call('HDEL', state, 'from', 'phase')
return {'frozen', first, size}
