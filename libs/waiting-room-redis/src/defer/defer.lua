-- Purpose: a fan lets others go first for a while, or ends that.
-- KEYS[1]: state
-- KEYS[2]: called
-- KEYS[3]: slots
-- KEYS[4]: left
-- KEYS[5]: returning
-- ARGV[1]: run
-- ARGV[2]: now, ms; 0 for Redis's own clock
-- ARGV[3]: index
-- ARGV[4]: number
-- ARGV[5]: prefix of the sale's keys
-- ARGV[6]: version of the place that is shown
-- ARGV[7]: for how long, ms; 0 ends it now
-- ARGV[8]: how often a place may be deferred
-- Returns: {'deferred', until ms, how often so far} | {'ended'} | {'inside'} | {'missed'} | {'spent'} | {'moved'} | {'gone'}
--   | {'blank'}
-- Keeps: a deferred place is passed over like a ghost until its time, then called next, so never before it would have
--   been; a call it had is free for others at once; no place is deferred more often than allowed.
-- Cost: O(log of those called and back)
local now, number, prefix, forMs = tonumber(ARGV[2]), tonumber(ARGV[4]), ARGV[5], tonumber(ARGV[7])
local facts = redis.call('HMGET', KEYS[1], 'run', 'served')
if facts[1] ~= ARGV[1] then return {'blank'} end
if now == 0 then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
if redis.call('GETBIT', KEYS[4], ARGV[3]) == 1 then return {'gone'} end
local version = tonumber(redis.call('HGET', prefix .. 'v:' .. math.floor(ARGV[3] / 100), ARGV[3]) or 0)
if tonumber(ARGV[6]) < version then return {'moved'} end

local deferrals = prefix .. 'd:' .. math.floor((number - 1) / 100)
local till, times = string.match(redis.call('HGET', deferrals, ARGV[4]) or '0 0', '^(%d+) (%d+)$')
till, times = tonumber(till), tonumber(times)
if forMs == 0 then
  if till > now then redis.call('HSET', deferrals, ARGV[4], now .. ' ' .. times) end
  return {'ended'}
end
if tonumber(redis.call('ZSCORE', KEYS[3], ARGV[4]) or 0) > now then return {'inside'} end
if times >= tonumber(ARGV[8]) then return {'spent'} end
if number <= tonumber(facts[2]) and till <= now then
  local calledUntil = tonumber(redis.call('ZSCORE', KEYS[2], ARGV[4]) or 0)
  local back = redis.call('ZREM', KEYS[5], ARGV[4])
  if calledUntil <= now and back == 0 then return {'missed'} end
  if calledUntil > now then redis.call('ZREM', KEYS[2], ARGV[4]) end
end
local at = number - 1
redis.call('SETRANGE', prefix .. 'p:' .. math.floor(at / 4096), (at % 4096) * 2, '\128\1')
redis.call('HSET', deferrals, ARGV[4], (now + forMs) .. ' ' .. (times + 1))
return {'deferred', now + forMs, times + 1}
