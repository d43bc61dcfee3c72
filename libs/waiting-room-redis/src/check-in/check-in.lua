-- Purpose: a fan is still there, or is back.
-- KEYS[1]: state
-- KEYS[2]: called
-- KEYS[3]: slots
-- KEYS[4]: left
-- KEYS[5]: returning
-- KEYS[6]: missed
-- KEYS[7]: again
-- ARGV[1]: run
-- ARGV[2]: now, ms; 0 for Redis's own clock
-- ARGV[3]: index
-- ARGV[4]: number; 0 while it has none
-- ARGV[5]: prefix of the sale's keys
-- ARGV[6]: presence of the place from now on, 2 bytes
-- ARGV[7]: 1 when a missed call is to be made good, else 0
-- ARGV[8]: version of the place that is shown
-- Returns: {'place', epoch, served, left 0 or 1, call expires at or 0, slot expires at or 0, back again 0 or 1, version,
--   deferred until or 0, how often deferred}
--   | {'blank'}
-- Keeps: presence never becomes shorter; a place that was left stays left; who was passed over as a ghost is called next; a missed call is made good
--   once, while it is remembered; so is a call that was lost with the line. A version below the highest that was ever
--   shown has moved away and changes nothing.
-- Cost: O(log of those called and back)
local now, index, number = tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4])
local facts = redis.call('HMGET', KEYS[1], 'run', 'epoch', 'served', 'recallAbove', 'recallThrough')
if facts[1] ~= ARGV[1] then return {'blank'} end
if now == 0 then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local served, left = tonumber(facts[3]), redis.call('GETBIT', KEYS[4], index)
local calledUntil = tonumber(redis.call('ZSCORE', KEYS[2], ARGV[4]) or 0)
local slotUntil = tonumber(redis.call('ZSCORE', KEYS[3], ARGV[4]) or 0)
if calledUntil <= now then calledUntil = 0 end
if slotUntil <= now then slotUntil = 0 end
local moves = ARGV[5] .. 'v:' .. math.floor(index / 100)
local version, shown = tonumber(redis.call('HGET', moves, index) or 0), tonumber(ARGV[8])
if shown > version then
  -- Signed by us, so true: the line was lost meanwhile.
  redis.call('HSET', moves, index, shown)
  version = shown
end
local deferral = redis.call('HGET', ARGV[5] .. 'd:' .. math.floor((number - 1) / 100), ARGV[4]) or '0 0'
local till, times = string.match(deferral, '^(%d+) (%d+)$')
till = tonumber(till) > now and tonumber(till) or 0
if left == 0 and number > 0 and shown == version then
  local chunk, at = ARGV[5] .. 'p:' .. math.floor((number - 1) / 4096), ((number - 1) % 4096) * 2
  local entry = redis.call('GETRANGE', chunk, at, at + 1)
  -- Whose time to let others go first is over is back like a ghost.
  if entry == '\128\1' and till == 0 then entry = '\128\0' end
  if till > 0 then
    -- Nothing changes before that time.
  elseif number > served then
    local high, low = string.byte(entry, 1, 2)
    local stands, new = (high or 0) * 256 + (low or 0), string.byte(ARGV[6], 1) * 256 + string.byte(ARGV[6], 2)
    -- An open connection may have asked for longer; the clock of the entries wraps at 0x7ffe.
    local longer = stands > 0 and stands < 32768 and (stands - new + 32766) % 32766 < 16383
    if not longer then redis.call('SETRANGE', chunk, at, ARGV[6]) end
  elseif calledUntil == 0 and slotUntil == 0 then
    if entry == '\128\0' then
      redis.call('SETRANGE', chunk, at, ARGV[6])
      redis.call('ZADD', KEYS[5], number, ARGV[4])
    elseif ARGV[7] == '1' and redis.call('ZREM', KEYS[6], ARGV[4]) == 1 then
      redis.call('SADD', KEYS[7], ARGV[4])
      redis.call('ZADD', KEYS[5], number, ARGV[4])
    elseif number > tonumber(facts[4]) and number <= tonumber(facts[5]) then
      -- Called shortly before the line was lost: called again, once.
      if redis.call('SADD', KEYS[7], ARGV[4]) == 1 then redis.call('ZADD', KEYS[5], number, ARGV[4]) end
    end
  end
end
local back = redis.call('ZSCORE', KEYS[5], ARGV[4]) and 1 or 0
return {'place', tonumber(facts[2]), served, left, calledUntil, slotUntil, back, version, till, tonumber(times)}
