-- Purpose: let somebody in past the line, against a bypass code.
-- KEYS[1]: state
-- KEYS[2]: called
-- KEYS[3]: slots
-- KEYS[4]: passes
-- ARGV[1]: run
-- ARGV[2]: now, ms; 0 for Redis's own clock
-- ARGV[3]: prefix of the sale's keys
-- ARGV[4]: identity digest, 10 bytes
-- ARGV[5]: number of the code set
-- ARGV[6]: serial of the code
-- ARGV[7]: number for the slot, beyond all numbers of the line
-- ARGV[8]: id for the pass
-- ARGV[9]: life of the slot, ms
-- ARGV[10]: most active
-- Returns: {'slot', pass id, issued at s, expires at s} | {'used'} | {'full'} | {'unknown', epoch} when the uses of codes
--   have to be loaded first | {'blank'}
-- Keeps: a bypass code lets in one person, once; asking again gives the same pass; it never makes inside and called more
--   than the most active.
-- Cost: O(log of those called and inside)
local now, prefix, digest, serial, number = tonumber(ARGV[2]), ARGV[3], ARGV[4], tonumber(ARGV[6]), ARGV[7]
local facts = redis.call('HMGET', KEYS[1], 'run', 'epoch', 'codesEpoch')
if facts[1] ~= ARGV[1] then return {'blank'} end
if now == 0 then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
if facts[2] ~= facts[3] then return {'unknown', tonumber(facts[2])} end
local uses = prefix .. 'c:' .. ARGV[5] .. ':' .. math.floor(serial / 100)
local stands = redis.call('HGET', uses, serial)
if stands and stands ~= digest then return {'used'} end
if tonumber(redis.call('ZSCORE', KEYS[3], number) or 0) > now then
  local id, from, till = string.match(redis.call('HGET', KEYS[4], number), '^(%S+) (%d+) (%d+)$')
  return {'slot', id, tonumber(from), tonumber(till)}
end
if stands then return {'used'} end
local inside = redis.call('ZCOUNT', KEYS[2], '(' .. now, '+inf') + redis.call('ZCOUNT', KEYS[3], '(' .. now, '+inf')
if inside >= tonumber(ARGV[10]) then return {'full'} end
local issued, expires = math.floor(now / 1000), math.floor((now + tonumber(ARGV[9])) / 1000)
redis.call('HSET', uses, serial, digest)
redis.call('ZADD', KEYS[3], expires * 1000, number)
redis.call('HSET', KEYS[4], number, ARGV[8] .. ' ' .. issued .. ' ' .. expires)
return {'slot', ARGV[8], issued, expires}
