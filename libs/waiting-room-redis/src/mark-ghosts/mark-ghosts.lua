-- Purpose: mark places whose fans have been silent for too long.
-- KEYS[1]: state
-- ARGV[1]: run
-- ARGV[2]: prefix of the sale's keys
-- ARGV[3]: chunk of presence
-- ARGV[4]: what is marked: 'ghost', or 'left' for good
-- ARGV[5]: the entries, 4 bytes each: position in the chunk, and what stood there when it was looked at
-- Returns: {'marked', how many} | {'blank'}
-- Keeps: a fan who was heard of since the look is not marked.
-- Cost: O(entries), at most 4,096
if redis.call('HGET', KEYS[1], 'run') ~= ARGV[1] then return {'blank'} end
local chunk, entries = ARGV[2] .. 'p:' .. ARGV[3], ARGV[5]
local mark = ARGV[4] == 'left' and '\255\255' or '\128\0'
local marked = 0
for i = 1, #entries, 4 do
  local high, low = string.byte(entries, i, i + 1)
  local at = (high * 256 + low) * 2
  local seen, stands = string.sub(entries, i + 2, i + 3), redis.call('GETRANGE', chunk, at, at + 1)
  -- Beyond the end of the string nobody was ever heard of.
  if stands == seen or (stands == '' and seen == '\0\0') then
    redis.call('SETRANGE', chunk, at, mark)
    marked = marked + 1
  end
end
return {'marked', marked}
