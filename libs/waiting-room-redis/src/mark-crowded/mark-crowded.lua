-- Purpose: note which new places of an open pre-queue came in a storm from one block of addresses.
-- KEYS[1]: state
-- KEYS[2]: blocks
-- ARGV[1]: run
-- ARGV[2]: prefix of the sale's keys
-- ARGV[3]: most places that are noted
-- ARGV[4..]: block and index, in turn
-- Returns: {'marked', how many} | {'blank'}
-- Keeps: only places the draw will cover are noted; a draw that was frozen is not changed by it.
-- Cost: O(places noted); 4 bytes each, nothing for those who came in peace
local facts = redis.call('HMGET', KEYS[1], 'run', 'from', 'crowded')
if facts[1] ~= ARGV[1] then return {'blank'} end
local prefix, most, from = ARGV[2], tonumber(ARGV[3]), tonumber(facts[2])
local noted, marked = tonumber(facts[3] or 0), 0
if not from then return {'marked', 0} end
for i = 4, #ARGV, 2 do
  local block, index = ARGV[i], tonumber(ARGV[i + 1])
  if index >= from and noted + marked < most then
    redis.call('SADD', KEYS[2], block)
    redis.call('APPEND', prefix .. 'b:' .. block, struct.pack('>I4', index))
    marked = marked + 1
  end
end
if marked > 0 then redis.call('HINCRBY', KEYS[1], 'crowded', marked) end
return {'marked', marked}
