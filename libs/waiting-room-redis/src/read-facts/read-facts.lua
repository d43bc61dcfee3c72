-- Purpose: what the admitter decides by; calls and slots whose time is over end here.
-- KEYS[1]: state
-- KEYS[2]: called
-- KEYS[3]: slots
-- KEYS[4]: passes
-- KEYS[5]: returning
-- KEYS[6]: missed
-- KEYS[7]: again
-- ARGV[1]: run
-- ARGV[2]: now, ms; 0 for Redis's own clock
-- ARGV[3]: life of a slot, ms
-- ARGV[4]: for how long a fan who came in counts as still choosing, ms
-- ARGV[5]: for how long a fan who missed the call may come back, ms
-- ARGV[6]: epoch at least, as the caller knows
-- ARGV[7]: how many have joined at least
-- ARGV[8]: leased mark at least
-- ARGV[9]: served at least
-- ARGV[10]: seq of that epoch at least
-- Returns: {'facts', now, epoch, joined, leased, served, from or -1, seq, called, active, choosing, admitted, missed,
--   opened at, returning} | {'older'} when an older copy of the line was found, and closed | {'blank'}
-- Keeps: a call that ends unused is counted as missed exactly once, and may be made good once. All five figures only rise,
--   over restores too (seq within an epoch), so one that fell is that of an older copy; what is known is written down.
-- Cost: O(those ended), at most 1,000 calls and 1,000 slots
local now = tonumber(ARGV[2])
local facts = redis.call('HMGET', KEYS[1], 'run', 'epoch', 'joined', 'leased', 'served', 'from', 'seq', 'openedAt')
if facts[1] ~= ARGV[1] then return {'blank'} end
local epoch, joined, served = tonumber(facts[2]), tonumber(facts[3]), tonumber(facts[5])
local isOlder = epoch < tonumber(ARGV[6]) or joined < tonumber(ARGV[7]) or tonumber(facts[4]) < tonumber(ARGV[8])
  or served < tonumber(ARGV[9]) or (epoch == tonumber(ARGV[6]) and tonumber(facts[7] or 0) < tonumber(ARGV[10]))
if isOlder then
  redis.call('HSET', KEYS[1], 'joined', math.max(joined, ARGV[7]), 'served', math.max(served, ARGV[9]))
  redis.call('HDEL', KEYS[1], 'run')
  return {'older'}
end
if now == 0 then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local unused = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, 1000)
for _, number in ipairs(unused) do
  redis.call('ZREM', KEYS[2], number)
  if redis.call('SISMEMBER', KEYS[7], number) == 0 then redis.call('ZADD', KEYS[6], now, number) end
end
if #unused > 0 then redis.call('HINCRBY', KEYS[1], 'missed', #unused) end
redis.call('ZREMRANGEBYSCORE', KEYS[6], '-inf', now - ARGV[5])
local ended = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', now, 'LIMIT', 0, 1000)
if #ended > 0 then
  redis.call('ZREM', KEYS[3], unpack(ended))
  redis.call('HDEL', KEYS[4], unpack(ended))
end
local counters = redis.call('HMGET', KEYS[1], 'admitted', 'missed')
return {
  'facts',
  now,
  tonumber(facts[2]),
  tonumber(facts[3]),
  tonumber(facts[4]),
  tonumber(facts[5]),
  tonumber(facts[6] or -1),
  tonumber(facts[7] or 0),
  redis.call('ZCARD', KEYS[2]),
  redis.call('ZCARD', KEYS[3]),
  redis.call('ZCOUNT', KEYS[3], now + ARGV[3] - ARGV[4], '+inf'),
  tonumber(counters[1] or 0),
  tonumber(counters[2] or 0),
  tonumber(facts[8]),
  redis.call('ZCARD', KEYS[5]),
}
