-- Purpose: call the next fans. The only script that moves `served`.
-- KEYS[1]: state
-- KEYS[2]: lead
-- KEYS[3]: called
-- KEYS[4]: slots
-- KEYS[5]: passes
-- ARGV[1]: run
-- ARGV[2]: now, ms; 0 for Redis's own clock
-- ARGV[3]: prefix of the sale's keys
-- ARGV[4]: holder of the lease
-- ARGV[5]: fencing token
-- ARGV[6]: how many to call
-- ARGV[7]: most active
-- ARGV[8]: call window, ms
-- ARGV[9]: the mark that stands in the database: no number above it is called
-- Returns: {'called', served before, served now, fans called, called in all, slots in use} | {'fenced'} | {'blank'}
-- Keeps: slots in use + called who may still come in never exceed most active through a call; nobody is called twice;
--   only the holder of the lease calls; numbers that left are passed over; `served` never passes the database's mark.
-- Cost: O(called × log), at most 4,096 numbers passed over
local now, prefix = tonumber(ARGV[2]), ARGV[3]
local wanted, maxActive = tonumber(ARGV[6]), tonumber(ARGV[7])
local facts = redis.call('HMGET', KEYS[1], 'run', 'joined', 'served', 'from')
if facts[1] ~= ARGV[1] then return {'blank'} end
if now == 0 then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local lead = redis.call('HMGET', KEYS[2], 'holder', 'until', 'fence')
if lead[1] ~= ARGV[4] or lead[3] ~= ARGV[5] or tonumber(lead[2]) <= now then return {'fenced'} end

local missed = redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now)
if missed > 0 then redis.call('HINCRBY', KEYS[1], 'missed', missed) end
local ended = redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', now, 'LIMIT', 0, 1000)
if #ended > 0 then
  redis.call('ZREM', KEYS[4], unpack(ended))
  redis.call('HDEL', KEYS[5], unpack(ended))
end

local expected, active = redis.call('ZCARD', KEYS[3]), redis.call('ZCARD', KEYS[4])
local count = math.min(wanted, maxActive - expected - active)
local served = tonumber(facts[3])
local last = math.min(tonumber(facts[4] or facts[2]), tonumber(ARGV[9]))
local number, called, passedOver = served, 0, 0
local chunk, entries
while called < count and number < last and passedOver < 4096 do
  if math.floor(number / 4096) ~= chunk then
    chunk = math.floor(number / 4096)
    entries = redis.call('GET', prefix .. 'p:' .. chunk) or ''
  end
  local at = (number % 4096) * 2
  number = number + 1
  if string.sub(entries, at + 1, at + 2) == '\255\255' then
    passedOver = passedOver + 1
  else
    redis.call('ZADD', KEYS[3], now + tonumber(ARGV[8]), number)
    called = called + 1
  end
end
if number > served then redis.call('HSET', KEYS[1], 'served', number) end
return {'called', served, number, called, expected + called, active}
