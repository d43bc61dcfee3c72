-- Purpose: where one place stands.
-- KEYS[1]: state
-- KEYS[2]: called
-- KEYS[3]: slots
-- KEYS[4]: left
-- KEYS[5]: returning
-- ARGV[1]: run
-- ARGV[2]: now, ms; 0 for Redis's own clock
-- ARGV[3]: index
-- ARGV[4]: number; 0 while it has none
-- ARGV[5]: prefix of the sale's keys
-- Returns: {'place', epoch, served, left 0 or 1, call expires at or 0, slot expires at or 0, back again 0 or 1, version,
--   deferred until or 0, how often deferred}
--   | {'blank'}
-- Keeps: changes nothing.
-- Cost: O(log of those called)
local now, index, number = tonumber(ARGV[2]), ARGV[3], ARGV[4]
local facts = redis.call('HMGET', KEYS[1], 'run', 'epoch', 'served')
if facts[1] ~= ARGV[1] then return {'blank'} end
if now == 0 then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local calledUntil = tonumber(redis.call('ZSCORE', KEYS[2], number) or 0)
local slotUntil = tonumber(redis.call('ZSCORE', KEYS[3], number) or 0)
if calledUntil <= now then calledUntil = 0 end
if slotUntil <= now then slotUntil = 0 end
local left = redis.call('GETBIT', KEYS[4], index)
local back = redis.call('ZSCORE', KEYS[5], number) and 1 or 0
local version = tonumber(redis.call('HGET', ARGV[5] .. 'v:' .. math.floor(index / 100), index) or 0)
local deferral = redis.call('HGET', ARGV[5] .. 'd:' .. math.floor((number - 1) / 100), number) or '0 0'
local till, times = string.match(deferral, '^(%d+) (%d+)$')
if tonumber(till) <= now then till = 0 end
return {'place', tonumber(facts[2]), tonumber(facts[3]), left, calledUntil, slotUntil, back, version, tonumber(till),
  tonumber(times)}
