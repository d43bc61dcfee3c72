-- Purpose: give an identity the place it has, or the next index against one use of its access code.
-- KEYS[1]: state
-- ARGV[1]: run
-- ARGV[2]: prefix of the sale's keys
-- ARGV[3]: presence of a new place, 2 bytes
-- ARGV[4]: identity digest, 10 bytes: 2 that choose the bucket, 8 that are its field
-- ARGV[5]: number of the code set; 0 without a code
-- ARGV[6]: serial of the code
-- ARGV[7]: places the code is good for; 0 gives nobody a new one
-- ARGV[8]: how many have joined at least, as the caller knows
-- Returns: {'joined', index, 1 when new else 0, epoch, 'set.serial' the place was taken with or '', uses of the code}
--   | {'used'} | {'unknown', epoch} when the uses of codes have to be loaded first | {'lease', joined, epoch} | {'blank'}
-- Keeps: a code gives no more places than it is good for; one that is good for one place is the first user's alone; an
--   identity has one index; no index at or above the leased mark is given. A counter below what the caller saw is that of
--   an older copy: the line is closed until it is restored.
-- Cost: O(1)
local state, prefix, digest, serial = KEYS[1], ARGV[2], ARGV[4], tonumber(ARGV[6])
local facts = redis.call('HMGET', state, 'run', 'joined', 'leased', 'from', 'epoch', 'codesEpoch')
if facts[1] ~= ARGV[1] then return {'blank'} end
local joined, epoch = tonumber(facts[2]), tonumber(facts[5])
if joined < tonumber(ARGV[8]) then
  redis.call('HSET', state, 'joined', ARGV[8])
  redis.call('HDEL', state, 'run')
  return {'blank'}
end
local high, low = string.byte(digest, 1, 2)
local bucket, field = prefix .. 'i:' .. high * 256 + low, string.sub(digest, 3)
local index = redis.call('HGET', bucket, field)
if index then
  local code = redis.call('HGET', prefix .. 'w:' .. math.floor(index / 100), index)
  return {'joined', tonumber(index), 0, epoch, code or '', 0}
end

local usesMax = tonumber(ARGV[7])
if usesMax == 0 then return {'used'} end
if facts[6] ~= facts[5] then return {'unknown', epoch} end
local uses = prefix .. 'c:' .. ARGV[5] .. ':' .. math.floor(serial / 100)
local stands = redis.call('HGET', uses, serial)
local used = 1
if usesMax > 1 then used = tonumber(stands or 0) + 1 end
if used > usesMax or (usesMax == 1 and stands and stands ~= digest) then return {'used'} end
if joined >= tonumber(facts[3]) then return {'lease', joined, epoch} end

redis.call('HSET', uses, serial, usesMax == 1 and digest or used)
redis.call('HSET', bucket, field, joined)
redis.call('HSET', prefix .. 'w:' .. math.floor(joined / 100), joined, ARGV[5] .. '.' .. ARGV[6])
redis.call('HSET', state, 'joined', joined + 1)
-- Without an open pre-queue the number is index + 1 at once.
if not facts[4] then redis.call('SETRANGE', prefix .. 'p:' .. math.floor(joined / 4096), (joined % 4096) * 2, ARGV[3]) end
return {'joined', joined, 1, epoch, ARGV[5] .. '.' .. ARGV[6], used}
