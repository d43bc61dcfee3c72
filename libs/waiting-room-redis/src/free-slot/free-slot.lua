-- Purpose: a fan leaves the shop.
-- KEYS[1]: state
-- KEYS[2]: slots
-- KEYS[3]: passes
-- ARGV[1]: run
-- ARGV[2]: number
-- Returns: {'free'} | {'blank'}
-- Keeps: slots and passes hold the same numbers.
-- Cost: O(log of those inside)
if redis.call('HGET', KEYS[1], 'run') ~= ARGV[1] then return {'blank'} end
redis.call('ZREM', KEYS[2], ARGV[2])
redis.call('HDEL', KEYS[3], ARGV[2])
return {'free'}
