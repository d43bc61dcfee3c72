-- Purpose: give each identity the place it has, or the next index. Several joins in one call.
-- KEYS[1]: state
-- ARGV[1]: run
-- ARGV[2]: prefix of the sale's keys
-- ARGV[3]: presence of a new place, 2 bytes
-- ARGV[4]: identity digests end to end, 10 bytes each: 2 that choose the bucket, 8 that are its field
-- ARGV[5]: how many have joined at least, as the caller knows
-- Returns: {'joined', first new index, epoch, index of each digest in order} | {'lease', joined, epoch} | {'blank'}
-- Keeps: an identity has one index; an index is never given twice; none at or above the leased mark is given. A counter
--   below what the caller saw is that of an older copy: the line is closed until it is restored.
-- Cost: O(1) for each join; a bucket is a listpack of some hundred entries at most.
local state, prefix, present, digests = KEYS[1], ARGV[2], ARGV[3], ARGV[4]
local facts = redis.call('HMGET', state, 'run', 'joined', 'leased', 'from', 'epoch')
if facts[1] ~= ARGV[1] then return {'blank'} end
local joined, leased, from = tonumber(facts[2]), tonumber(facts[3]), facts[4]
if joined < tonumber(ARGV[5]) then
  redis.call('HSET', state, 'joined', ARGV[5])
  redis.call('HDEL', state, 'run')
  return {'blank'}
end
if joined + #digests / 10 > leased then return {'lease', joined, tonumber(facts[5])} end

local first = joined
local reply = {'joined', first, tonumber(facts[5])}
for i = 1, #digests, 10 do
  local high, low = string.byte(digests, i, i + 1)
  local bucket = prefix .. 'i:' .. high * 256 + low
  local field = string.sub(digests, i + 2, i + 9)
  local index = redis.call('HGET', bucket, field)
  if not index then
    index = joined
    joined = joined + 1
    redis.call('HSET', bucket, field, index)
  end
  reply[#reply + 1] = tonumber(index)
end

if joined > first then
  redis.call('HSET', state, 'joined', joined)
  -- Without an open pre-queue the number is index + 1 at once; new indexes follow each other, so they lie together.
  if not from then
    local at = first
    while at < joined do
      local chunk = math.floor(at / 4096)
      local till = math.min(joined, (chunk + 1) * 4096)
      redis.call('SETRANGE', prefix .. 'p:' .. chunk, (at % 4096) * 2, string.rep(present, till - at))
      at = till
    end
  end
end
return reply
