-- Purpose: end a pre-queue at this instant: fix which indexes its draw covers.
-- KEYS[1]: state
-- ARGV[1]: run
-- ARGV[2]: phase id
-- ARGV[3]: how many have joined at least, as the caller knows
-- ARGV[4]: first index, where the database has the roster's; empty before
-- ARGV[5]: size, likewise
-- Returns: {'frozen', first index, size} | {'not_open'} when this pre-queue was never opened | {'blank'}
-- Keeps: a frozen size never changes; whoever joins after it lines up behind, also when a line that was restored holds
--   the pre-queue open still. A counter below what the caller saw is that of an older copy: the line is closed until
--   it is restored.
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
local fixed = facts[5] or (ARGV[4] ~= '' and ARGV[4] .. ' ' .. ARGV[5])
local isOpen = facts[4] == phase and facts[3]
if not fixed then
  if not isOpen then return {'not_open'} end
  fixed = facts[3] .. ' ' .. tonumber(facts[2]) - tonumber(facts[3])
end
redis.call('HSET', state, field, fixed)
if isOpen then redis.call('HDEL', state, 'from', 'phase') end
local first, size = string.match(fixed, '^(%d+) (%d+)$')
return {'frozen', tonumber(first), tonumber(size)}
