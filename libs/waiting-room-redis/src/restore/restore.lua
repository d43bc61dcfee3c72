-- Purpose: open a line in this run of the server, from its checkpoint.
-- KEYS[1]: state
-- ARGV[1]: run
-- ARGV[2]: now, ms; 0 for Redis's own clock
-- ARGV[3]: epoch, one above the checkpoint's
-- ARGV[4]: index to count on from: the checkpoint's leased mark
-- ARGV[5]: highest number that may have been called
-- ARGV[6]: numbers above this, up to that, may have been called without having come in
-- ARGV[7]: where an open pre-queue begins; empty when none is open
-- ARGV[8]: the phase of that pre-queue; empty when none is open
-- ARGV[9..]: draws held: phase id, 'first index size', in turn
-- Returns: {'restored', epoch} | {'open', epoch} when it was opened in this run already
-- Keeps: no index below the leased mark is given again; who may have been called and not come in is called again when
--   heard of, so that nobody loses a turn and nobody who is away takes up room.
-- Cost: O(draws)
local now = tonumber(ARGV[2])
local facts = redis.call('HMGET', KEYS[1], 'run', 'epoch', 'joined', 'served')
if facts[1] == ARGV[1] then return {'open', tonumber(facts[2])} end
if now == 0 then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local joined = math.max(tonumber(facts[3] or 0), tonumber(ARGV[4]))
local served = math.max(tonumber(facts[4] or 0), tonumber(ARGV[5]))
redis.call('HSET', KEYS[1], 'run', ARGV[1], 'epoch', ARGV[3], 'joined', joined, 'leased', joined, 'served', served,
  'seq', 0, 'openedAt', now, 'recallAbove', ARGV[6], 'recallThrough', served)
redis.call('HDEL', KEYS[1], 'from', 'phase')
-- The copy may know of a freeze that the checkpoint's database has not heard of yet.
if ARGV[7] ~= '' and redis.call('HEXISTS', KEYS[1], 'draw:' .. ARGV[8]) == 0 then
  redis.call('HSET', KEYS[1], 'from', ARGV[7], 'phase', ARGV[8])
end
for i = 9, #ARGV, 2 do redis.call('HSET', KEYS[1], 'draw:' .. ARGV[i], ARGV[i + 1]) end
return {'restored', tonumber(ARGV[3])}
