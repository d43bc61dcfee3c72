-- Purpose: a fan is still there.
-- KEYS[1]: state
-- KEYS[2]: called
-- KEYS[3]: slots
-- KEYS[4]: left
-- ARGV[1]: run
-- ARGV[2]: now, ms; 0 for Redis's own clock
-- ARGV[3]: index
-- ARGV[4]: number; 0 while it has none
-- ARGV[5]: prefix of the sale's keys
-- ARGV[6]: presence of the place from now on, 2 bytes
-- Returns: {'place', epoch, served, left 0 or 1, call expires at or 0, slot expires at or 0} | {'blank'}
-- Keeps: a place that was left stays left.
-- Cost: O(log of those called)
local now, index, number = tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4])
local facts = redis.call('HMGET', KEYS[1], 'run', 'epoch', 'served')
if facts[1] ~= ARGV[1] then return {'blank'} end
if now == 0 then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local served, left = tonumber(facts[3]), redis.call('GETBIT', KEYS[4], index)
if left == 0 and number > served then
  local at = number - 1
  redis.call('SETRANGE', ARGV[5] .. 'p:' .. math.floor(at / 4096), (at % 4096) * 2, ARGV[6])
end
local calledUntil = tonumber(redis.call('ZSCORE', KEYS[2], ARGV[4]) or 0)
local slotUntil = tonumber(redis.call('ZSCORE', KEYS[3], ARGV[4]) or 0)
if calledUntil <= now then calledUntil = 0 end
if slotUntil <= now then slotUntil = 0 end
return {'place', tonumber(facts[2]), served, left, calledUntil, slotUntil}
