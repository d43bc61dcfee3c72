-- Purpose: another device takes a place over, by a link, or the former one takes it back.
-- KEYS[1]: state
-- KEYS[2]: left
-- ARGV[1]: run
-- ARGV[2]: prefix of the sale's keys
-- ARGV[3]: index
-- ARGV[4]: version of the place that is shown
-- ARGV[5]: epoch in which the link was made; 0 to take back a place that moved away
-- ARGV[6]: how often a place may move
-- ARGV[7]: channel on which the move is named
-- ARGV[8]: sale id
-- Returns: {'taken', version, epoch} | {'used'} | {'too_often'} | {'gone'} | {'blank'}
-- Keeps: versions only rise, so that of two who hold a link one has it; no link works twice or outlives the line it was
--   made in; a place is on one device.
-- Cost: O(1)
local index, shown, linkEpoch = ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])
local facts = redis.call('HMGET', KEYS[1], 'run', 'epoch')
if facts[1] ~= ARGV[1] then return {'blank'} end
if redis.call('GETBIT', KEYS[2], index) == 1 then return {'gone'} end
local moves = ARGV[2] .. 'v:' .. math.floor(index / 100)
local version, epoch = tonumber(redis.call('HGET', moves, index) or 0), tonumber(facts[2])
if linkEpoch > 0 and (linkEpoch ~= epoch or version > shown) then return {'used'} end
if linkEpoch == 0 and version <= shown then return {'taken', shown, epoch} end
version = math.max(version, shown) + 1
if version > tonumber(ARGV[6]) then return {'too_often'} end
redis.call('HSET', moves, index, version)
redis.call('PUBLISH', ARGV[7], cjson.encode({saleId = ARGV[8], index = tonumber(index), version = version}))
return {'taken', version, epoch}
