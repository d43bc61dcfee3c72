-- Purpose: the projection of a performance made anew from the truth.
-- KEYS[1]: stock
-- ARGV[1]: prefix of the performance's keys
-- ARGV[2]: version of what was read
-- ARGV[3..]: 'c', category, its counts · 'b', section, its bitmap
-- Returns: 'replaced' | 'newer' (the projection is ahead of what was read, and stays)
-- Keeps: the projection never goes back to an older version.
-- Cost: O(categories + sections)
local version = redis.call('HGET', KEYS[1], 'version')
if version and tonumber(version) > tonumber(ARGV[2]) then return 'newer' end
redis.call('DEL', KEYS[1])
for at = 3, #ARGV, 3 do
  if ARGV[at] == 'c' then
    redis.call('HSET', KEYS[1], 'c:' .. ARGV[at + 1], ARGV[at + 2])
  else
    redis.call('SET', ARGV[1] .. 'b:' .. ARGV[at + 1], ARGV[at + 2])
  end
end
redis.call('HSET', KEYS[1], 'version', ARGV[2])
return 'replaced'
