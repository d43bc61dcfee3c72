-- Purpose: a called fan comes in: the call becomes a slot with a pass.
-- KEYS[1]: state
-- KEYS[2]: called
-- KEYS[3]: slots
-- KEYS[4]: passes
-- KEYS[5]: left
-- KEYS[6]: returning
-- ARGV[1]: run
-- ARGV[2]: now, ms; 0 for Redis's own clock
-- ARGV[3]: index
-- ARGV[4]: number
-- ARGV[5]: id for the pass, used when there is none yet
-- ARGV[6]: life of the slot, ms
-- ARGV[7]: prefix of the sale's keys
-- ARGV[8]: version of the place that is shown
-- Returns: {'slot', pass id, issued at s, expires at s} | {'not_called'} | {'call_expired'} | {'gone'} | {'moved'}
--   | {'blank'}
-- Keeps: a number has one pass at a time, and asking again gives the same; only a call that still runs becomes a slot.
-- Cost: O(log of those called and inside)
local now, index, number = tonumber(ARGV[2]), ARGV[3], ARGV[4]
local facts = redis.call('HMGET', KEYS[1], 'run', 'served')
if facts[1] ~= ARGV[1] then return {'blank'} end
if now == 0 then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
if redis.call('GETBIT', KEYS[5], index) == 1 then return {'gone'} end
local version = tonumber(redis.call('HGET', ARGV[7] .. 'v:' .. math.floor(index / 100), index) or 0)
if tonumber(ARGV[8]) < version then return {'moved'} end
if tonumber(number) > tonumber(facts[2]) then return {'not_called'} end

local slotUntil = tonumber(redis.call('ZSCORE', KEYS[3], number) or 0)
if slotUntil > now then
  local id, issued, expires = string.match(redis.call('HGET', KEYS[4], number), '^(%S+) (%d+) (%d+)$')
  return {'slot', id, tonumber(issued), tonumber(expires)}
end
local calledUntil = tonumber(redis.call('ZSCORE', KEYS[2], number) or 0)
if calledUntil <= now then
  -- Who let others go first, or is back after being passed over, is called next.
  local deferral = redis.call('HGET', ARGV[7] .. 'd:' .. math.floor((number - 1) / 100), number) or '0 0'
  local isNext = tonumber(string.match(deferral, '^%d+')) > now or redis.call('ZSCORE', KEYS[6], number)
  return {isNext and 'not_called' or 'call_expired'}
end

-- Whole seconds, as the pass states them: slot and pass end at the same instant.
local issued = math.floor(now / 1000)
local expires = math.floor((now + tonumber(ARGV[6])) / 1000)
redis.call('ZREM', KEYS[2], number)
redis.call('ZADD', KEYS[3], expires * 1000, number)
redis.call('HSET', KEYS[4], number, ARGV[5] .. ' ' .. issued .. ' ' .. expires)
redis.call('HINCRBY', KEYS[1], 'admitted', 1)
return {'slot', ARGV[5], issued, expires}
