-- Purpose: a pass that was signed before the line was lost takes up its slot again.
-- KEYS[1]: state
-- KEYS[2]: called
-- KEYS[3]: slots
-- KEYS[4]: passes
-- KEYS[5]: returning
-- ARGV[1]: run
-- ARGV[2]: now, ms; 0 for Redis's own clock
-- ARGV[3]: number
-- ARGV[4]: pass id
-- ARGV[5]: issued at, s
-- ARGV[6]: expires at, s
-- Returns: {'adopted'} | {'known'} when there is a slot already or the pass has ended | {'blank'}
-- Keeps: a number has one slot; the slot ends with the pass. Only for passes of an earlier run of the line: in this run
--   a pass without its slot was given back.
-- Cost: O(log of those called and inside)
local now = tonumber(ARGV[2])
local facts = redis.call('HMGET', KEYS[1], 'run', 'openedAt')
if facts[1] ~= ARGV[1] then return {'blank'} end
if now == 0 then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
if tonumber(ARGV[6]) * 1000 <= now or tonumber(ARGV[5]) * 1000 > tonumber(facts[2]) then return {'known'} end
if redis.call('ZSCORE', KEYS[3], ARGV[3]) then return {'known'} end
redis.call('ZADD', KEYS[3], ARGV[6] * 1000, ARGV[3])
redis.call('HSET', KEYS[4], ARGV[3], ARGV[4] .. ' ' .. ARGV[5] .. ' ' .. ARGV[6])
redis.call('ZREM', KEYS[2], ARGV[3])
redis.call('ZREM', KEYS[5], ARGV[3])
return {'adopted'}
