-- Purpose: many fans are still there, as their open connections show.
-- KEYS[1]: state
-- KEYS[2]: returning
-- ARGV[1]: run
-- ARGV[2]: prefix of the sale's keys
-- ARGV[3]: presence of the places from now on, 2 bytes
-- ARGV[4]: now, ms; 0 for Redis's own clock
-- ARGV[5..]: numbers
-- Returns: {'kept', how many} | {'blank'}
-- Keeps: who left stays gone; a ghost is none any more, and is called next when it was passed over;
--   so is a deferred place once its time is over, and not before.
-- Cost: O(numbers)
local facts = redis.call('HMGET', KEYS[1], 'run', 'served')
if facts[1] ~= ARGV[1] then return {'blank'} end
local prefix, present, served = ARGV[2], ARGV[3], tonumber(facts[2])
local now = tonumber(ARGV[4])
if now == 0 then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local kept = 0
for i = 5, #ARGV do
  local at = tonumber(ARGV[i]) - 1
  local chunk, offset = prefix .. 'p:' .. math.floor(at / 4096), (at % 4096) * 2
  local entry = redis.call('GETRANGE', chunk, offset, offset + 1)
  if entry == '\128\1' then
    local deferral = redis.call('HGET', prefix .. 'd:' .. math.floor(at / 100), ARGV[i]) or '0 0'
    if tonumber(string.match(deferral, '^%d+')) <= now then entry = '\128\0' end
  end
  local wasPassedOver = at < served and entry == '\128\0'
  if wasPassedOver then redis.call('ZADD', KEYS[2], at + 1, ARGV[i]) end
  if wasPassedOver or (at >= served and entry ~= '\255\255' and entry ~= '\128\1') then
    redis.call('SETRANGE', chunk, offset, present)
    kept = kept + 1
  end
end
return {'kept', kept}
