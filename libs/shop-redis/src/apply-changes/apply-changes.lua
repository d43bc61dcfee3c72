-- Purpose: the projection follows what was committed: counts as they are now, seats taken and given back.
-- KEYS[1]: stock
-- ARGV[1]: prefix of the performance's keys
-- ARGV[2]: version before the changes
-- ARGV[3]: version after them
-- ARGV[4..]: 'c', category, its counts · 'b', section, offset, 0 or 1
-- Returns: 'applied' | 'known' (a version that is not newer) | 'gap' (changes in between are missing, or all of it)
-- Keeps: the version stands for exactly the changes up to it; a gap changes nothing.
-- Cost: O(changes)
local version = redis.call('HGET', KEYS[1], 'version')
if not version then return 'gap' end
if tonumber(version) >= tonumber(ARGV[3]) then return 'known' end
if version ~= ARGV[2] then return 'gap' end
local at = 4
while at <= #ARGV do
  if ARGV[at] == 'c' then
    redis.call('HSET', KEYS[1], 'c:' .. ARGV[at + 1], ARGV[at + 2])
    at = at + 3
  else
    redis.call('SETBIT', ARGV[1] .. 'b:' .. ARGV[at + 1], ARGV[at + 2], ARGV[at + 3])
    at = at + 4
  end
end
redis.call('HSET', KEYS[1], 'version', ARGV[3])
return 'applied'
