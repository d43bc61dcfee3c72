-- Purpose: put the line document where it is served from, and tell every waiting-room process.
-- KEYS[1]: state
-- KEYS[2]: lead
-- KEYS[3]: line
-- ARGV[1]: run
-- ARGV[2]: holder of the lease
-- ARGV[3]: fencing token
-- ARGV[4]: seq of the document
-- ARGV[5]: the document, JSON
-- ARGV[6]: channel
-- Returns: {'published', processes that heard it} | {'fenced'} | {'blank'}
-- Keeps: only the holder of the lease speaks; seq rises within an epoch.
-- Cost: O(processes that listen)
if redis.call('HGET', KEYS[1], 'run') ~= ARGV[1] then return {'blank'} end
local lead = redis.call('HMGET', KEYS[2], 'holder', 'fence')
if lead[1] ~= ARGV[2] or lead[2] ~= ARGV[3] then return {'fenced'} end
if tonumber(redis.call('HGET', KEYS[1], 'seq') or 0) >= tonumber(ARGV[4]) then return {'fenced'} end
redis.call('HSET', KEYS[1], 'seq', ARGV[4])
redis.call('SET', KEYS[3], ARGV[5])
return {'published', redis.call('PUBLISH', ARGV[6], ARGV[5])}
