-- Purpose: call the next fans. The only script that moves `served`.
-- KEYS[1]: state
-- KEYS[2]: lead
-- KEYS[3]: called
-- KEYS[4]: slots
-- KEYS[5]: returning
-- ARGV[1]: run
-- ARGV[2]: now, ms; 0 for Redis's own clock
-- ARGV[3]: prefix of the sale's keys
-- ARGV[4]: holder of the lease
-- ARGV[5]: fencing token
-- ARGV[6]: how many to call
-- ARGV[7]: most active
-- ARGV[8]: call window, ms
-- ARGV[9]: the mark that stands in the database: no number above it is called
-- ARGV[10]: channel on which those called again are named
-- ARGV[11]: sale id
-- ARGV[12]: how far `served` has come at least, as the caller knows
-- Returns: {'called', served before, served now, fans called, called in all, slots in use} | {'fenced'} | {'blank'}
-- Keeps: slots in use + called who may still come in never exceed most active through a call; nobody is called twice;
--   only the holder of the lease calls; those back again come first, ghosts and those who left are passed over;
--   `served` never passes the database's mark. One below what the caller saw is that of an older copy: the line is
--   closed until it is restored.
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
if tonumber(facts[3]) < tonumber(ARGV[12]) then
  redis.call('HSET', KEYS[1], 'served', ARGV[12])
  redis.call('HDEL', KEYS[1], 'run')
  return {'blank'}
end
if lead[1] ~= ARGV[4] or lead[3] ~= ARGV[5] or tonumber(lead[2]) <= now then return {'fenced'} end

local expected = redis.call('ZCOUNT', KEYS[3], '(' .. now, '+inf')
local active = redis.call('ZCOUNT', KEYS[4], '(' .. now, '+inf')
local count = math.min(wanted, maxActive - expected - active)
local callExpires = now + tonumber(ARGV[8])
local called = 0
if count > 0 then
  local back = redis.call('ZRANGE', KEYS[5], 0, count - 1)
  for _, number in ipairs(back) do
    redis.call('ZREM', KEYS[5], number)
    redis.call('ZADD', KEYS[3], callExpires, number)
    called = called + 1
  end
  if #back > 0 then redis.call('PUBLISH', ARGV[10], cjson.encode({saleId = ARGV[11], numbers = back})) end
end

local served = tonumber(facts[3])
local last = math.min(tonumber(facts[4] or facts[2]), tonumber(ARGV[9]))
local number, passedOver = served, 0
local chunk, entries
while called < count and number < last and passedOver < 4096 do
  if math.floor(number / 4096) ~= chunk then
    chunk = math.floor(number / 4096)
    entries = redis.call('GET', prefix .. 'p:' .. chunk) or ''
  end
  local high = string.byte(entries, (number % 4096) * 2 + 1)
  number = number + 1
  if high and high >= 128 then
    passedOver = passedOver + 1
  else
    redis.call('ZADD', KEYS[3], callExpires, number)
    called = called + 1
  end
end
if number > served then redis.call('HSET', KEYS[1], 'served', number) end
return {'called', served, number, called, expected + called, active}
