-- Purpose: a fan closed the page: forgive no more than the time a reload takes.
-- KEYS[1]: state
-- ARGV[1]: run
-- ARGV[2]: index
-- ARGV[3]: number
-- ARGV[4]: prefix of the sale's keys
-- ARGV[5]: presence of the place from now on, 2 bytes
-- ARGV[6]: version of the place that is shown
-- Returns: {'away'} | {'nothing'} when there is nothing to shorten | {'moved'} | {'blank'}
-- Keeps: presence becomes shorter, never longer; who is called, gone or lets others go first stays so; the next check-in
--   undoes all of it.
-- Cost: O(1)
local index, number, prefix = ARGV[2], tonumber(ARGV[3]), ARGV[4]
local facts = redis.call('HMGET', KEYS[1], 'run', 'served')
if facts[1] ~= ARGV[1] then return {'blank'} end
local version = tonumber(redis.call('HGET', prefix .. 'v:' .. math.floor(index / 100), index) or 0)
if tonumber(ARGV[6]) < version then return {'moved'} end
if number <= tonumber(facts[2]) then return {'nothing'} end
local chunk, at = prefix .. 'p:' .. math.floor((number - 1) / 4096), ((number - 1) % 4096) * 2
local entry = redis.call('GETRANGE', chunk, at, at + 1)
local high, low = string.byte(entry, 1, 2)
local stands, new = (high or 0) * 256 + (low or 0), string.byte(ARGV[5], 1) * 256 + string.byte(ARGV[5], 2)
if stands >= 32768 then return {'nothing'} end
-- The clock of the entries wraps at 0x7ffe. Nobody was heard of yet where 0 stands.
if stands > 0 and (new - stands + 32766) % 32766 < 16383 then return {'nothing'} end
redis.call('SETRANGE', chunk, at, ARGV[5])
return {'away'}
