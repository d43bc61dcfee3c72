-- Purpose: many fans are still there, as their open connections show.
-- KEYS[1]: state
-- KEYS[2]: returning
-- ARGV[1]: run
-- ARGV[2]: prefix of the sale's keys
-- ARGV[3]: presence of the places from now on, 2 bytes
-- ARGV[4..]: numbers
-- Returns: {'kept', how many} | {'blank'}
-- Keeps: who left stays gone; a ghost is none any more, and is called next when it was passed over.
-- Cost: O(numbers)
local facts = redis.call('HMGET', KEYS[1], 'run', 'served')
if facts[1] ~= ARGV[1] then return {'blank'} end
local prefix, present, served = ARGV[2], ARGV[3], tonumber(facts[2])
local kept = 0
for i = 4, #ARGV do
  local at = tonumber(ARGV[i]) - 1
  local chunk, offset = prefix .. 'p:' .. math.floor(at / 4096), (at % 4096) * 2
  local entry = redis.call('GETRANGE', chunk, offset, offset + 1)
  local wasPassedOver = at < served and entry == '\128\0'
  if wasPassedOver then redis.call('ZADD', KEYS[2], at + 1, ARGV[i]) end
  if wasPassedOver or (at >= served and entry ~= '\255\255') then
    redis.call('SETRANGE', chunk, offset, present)
    kept = kept + 1
  end
end
return {'kept', kept}
