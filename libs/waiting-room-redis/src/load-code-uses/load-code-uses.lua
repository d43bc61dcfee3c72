-- Purpose: tell a line that was opened anew how often its codes were used.
-- KEYS[1]: state
-- ARGV[1]: run
-- ARGV[2]: prefix of the sale's keys
-- ARGV[3]: epoch the uses are loaded in
-- ARGV[4]: 1 when this is the last of them, else 0
-- ARGV[5..]: for each code: set number, serial, who used it (10 bytes, empty where many may), uses
-- Returns: {'loaded'} | {'blank'}
-- Keeps: uses never fall, and who used a single code first stays.
-- Cost: O(codes)
local facts = redis.call('HMGET', KEYS[1], 'run', 'epoch')
if facts[1] ~= ARGV[1] or facts[2] ~= ARGV[3] then return {'blank'} end
for i = 5, #ARGV, 4 do
  local serial, by, count = ARGV[i + 1], ARGV[i + 2], tonumber(ARGV[i + 3])
  local uses = ARGV[2] .. 'c:' .. ARGV[i] .. ':' .. math.floor(serial / 100)
  if by ~= '' then
    redis.call('HSETNX', uses, serial, by)
  elseif tonumber(redis.call('HGET', uses, serial) or 0) < count then
    redis.call('HSET', uses, serial, count)
  end
end
if ARGV[4] == '1' then redis.call('HSET', KEYS[1], 'codesEpoch', ARGV[3]) end
return {'loaded'}
