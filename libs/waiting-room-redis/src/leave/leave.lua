-- Purpose: give up a place for good.
-- KEYS[1]: state
-- KEYS[2]: called
-- KEYS[3]: slots
-- KEYS[4]: passes
-- KEYS[5]: left
-- KEYS[6]: returning
-- KEYS[7]: missed
-- ARGV[1]: run
-- ARGV[2]: index
-- ARGV[3]: number; 0 while it has none
-- ARGV[4]: identity digest, 10 bytes
-- ARGV[5]: prefix of the sale's keys
-- ARGV[6]: version of the place that is shown
-- Returns: {'left'} | {'moved'} | {'blank'}
-- Keeps: the index is not given again; the identity may join anew and then stands at the end.
-- Cost: O(log of those called and inside)
local index, number, digest, prefix = ARGV[2], tonumber(ARGV[3]), ARGV[4], ARGV[5]
if redis.call('HGET', KEYS[1], 'run') ~= ARGV[1] then return {'blank'} end
local version = tonumber(redis.call('HGET', prefix .. 'v:' .. math.floor(index / 100), index) or 0)
if tonumber(ARGV[6]) < version then return {'moved'} end
redis.call('SETBIT', KEYS[5], index, 1)
local high, low = string.byte(digest, 1, 2)
local bucket = prefix .. 'i:' .. high * 256 + low
local field = string.sub(digest, 3)
if redis.call('HGET', bucket, field) == index then redis.call('HDEL', bucket, field) end
if number > 0 then
  redis.call('ZREM', KEYS[2], ARGV[3])
  redis.call('ZREM', KEYS[3], ARGV[3])
  redis.call('HDEL', KEYS[4], ARGV[3])
  redis.call('ZREM', KEYS[6], ARGV[3])
  redis.call('ZREM', KEYS[7], ARGV[3])
  local at = number - 1
  redis.call('SETRANGE', prefix .. 'p:' .. math.floor(at / 4096), (at % 4096) * 2, '\255\255')
end
return {'left'}
