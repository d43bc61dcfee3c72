-- Purpose: take or keep the lease of the one admitter that leads a sale.
-- KEYS[1]: lead
-- ARGV[1]: now, ms; 0 for Redis's own clock
-- ARGV[2]: holder
-- ARGV[3]: life of the lease, ms
-- Returns: {'leading', fencing token} | {'following', holder}
-- Keeps: the fencing token rises with every change of holder; a lapsed lease that nobody took is kept by its holder.
-- Cost: O(1)
local now = tonumber(ARGV[1])
if now == 0 then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local lead = redis.call('HMGET', KEYS[1], 'holder', 'until', 'fence')
if lead[1] and lead[1] ~= ARGV[2] and tonumber(lead[2]) > now then return {'following', lead[1]} end
local fence = tonumber(lead[3] or 0)
if lead[1] ~= ARGV[2] then fence = fence + 1 end
redis.call('HSET', KEYS[1], 'holder', ARGV[2], 'until', now + tonumber(ARGV[3]), 'fence', fence)
return {'leading', fence}
