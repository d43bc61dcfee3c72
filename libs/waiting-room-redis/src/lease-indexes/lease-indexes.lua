-- Purpose: allow joining up to a mark that stands in the database already.
-- KEYS[1]: state
-- ARGV[1]: run
-- ARGV[2]: epoch in which the mark was raised
-- ARGV[3]: leased mark: indexes below it may be given
-- Returns: {'leased', joined, leased} | {'blank'}
-- Keeps: the mark never falls.
-- Cost: O(1)
local facts = redis.call('HMGET', KEYS[1], 'run', 'epoch', 'joined', 'leased')
if facts[1] ~= ARGV[1] or facts[2] ~= ARGV[2] then return {'blank'} end
local leased = math.max(tonumber(facts[4]), tonumber(ARGV[3]))
redis.call('HSET', KEYS[1], 'leased', leased)
return {'leased', tonumber(facts[3]), leased}
