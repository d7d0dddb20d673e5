-- The line before one key's limits, and their levels: what Line.java keeps, in Redis.
--
-- Times are microseconds of this server. Lua counts in doubles, which are whole up to 2^53: no
-- number here gets there, and products that would are divided digit by digit.
--
-- KEYS[1] the state, KEYS[2] the places of calls at once, by when they lapse.
-- ARGV[1] the time for tests, '' for the server's own.

local FAR = 2 ^ 52
local CRESTS = 8

local function clock()
  if ARGV[1] ~= '' then
    return tonumber(ARGV[1])
  end
  local time = redis.call('TIME')
  return time[1] * 1000000 + time[2]
end

-- (a * b + c) / divisor: how often it fits, and what is left.
local function fit(number, divisor)
  local whole = math.floor(number / divisor)
  local rest = number - whole * divisor
  if rest < 0 then
    return whole - 1, rest + divisor
  elseif rest >= divisor then
    return whole + 1, rest - divisor
  end
  return whole, rest
end

local function divide(a, b, c, divisor)
  if a * b + c < 2 ^ 53 then
    return fit(a * b + c, divisor)
  end
  local base = 2
  while math.max(a, divisor) * base * 2 <= FAR do
    base = base * 2
  end
  local power = 1
  while power * base <= b do
    power = power * base
  end
  local whole, rest = 0, 0
  while power >= 1 do
    local digit = math.floor(b / power)
    b = b - digit * power
    local more
    more, rest = fit(rest * base + a * digit, divisor)
    whole = whole * base + more
    if whole > FAR then
      return FAR, 0
    end
    power = power / base
  end
  local more
  more, rest = fit(rest + c, divisor)
  if whole + more > FAR then
    return FAR, 0
  end
  return whole + more, rest
end

local function micros_for(limit, units, rest)
  local whole = divide(units - 1, limit.period, limit.period - rest + limit.inflow - 1, limit.inflow)
  return whole
end

-- A level is {units, rest, period, at, stamps, levels} of a bucket, and of a sliding window
-- {used, stamps, times, counts, the highest stamp that has left}, oldest first.

local function new_level(limit, now, stamp)
  if limit.window then
    return {0, {}, {}, {}, math.max(stamp, now - 1)}
  end
  return {limit.most, 0, limit.period, now, {}, {}}
end

local function refill(limit, level, to)
  if limit.window then
    while level[3][1] and level[3][1] + limit.window <= to do
      level[1] = level[1] - level[4][1]
      level[5] = level[2][1]
      for i = 2, 4 do
        table.remove(level[i], 1)
      end
    end
    return
  end
  if level[3] ~= limit.period then
    level[2], level[3] = 0, limit.period
  end
  if level[1] > limit.most then
    level[1], level[2] = limit.most, 0
  end
  local passed = to - level[4]
  if passed <= 0 then
    return
  end
  local missing = limit.most - level[1]
  if missing == 0 or passed >= micros_for(limit, missing, level[2]) then
    level[1], level[2] = limit.most, 0
  else
    local came
    came, level[2] = divide(limit.inflow, passed, level[2], limit.period)
    level[1] = level[1] + came
  end
  level[4] = to
end

local function micros_until(limit, level, wanted, from)
  if limit.window then
    local missing = wanted - (limit.most - level[1])
    local wait, i = 0, 1
    while missing > 0 and level[3][i] do
      missing = missing - level[4][i]
      wait = level[3][i] + limit.window - from
      i = i + 1
    end
    return wait
  end
  local missing = math.min(wanted, limit.most) - level[1]
  if missing <= 0 then
    return 0
  end
  return micros_for(limit, missing, level[2])
end

local function available(limit, level)
  if limit.window then
    return limit.most - level[1]
  end
  return level[1]
end

local function ceiling(level)
  if level[2] == 0 then
    return level[1]
  end
  return level[1] + 1
end

local function take(limit, level, count, stamp, at)
  if limit.window then
    local last = #level[3]
    if last == 0 or math.floor(level[3][last] / limit.slot) ~= math.floor(at / limit.slot) then
      last = last + 1
      level[4][last] = 0
    end
    level[2][last], level[3][last] = stamp, at
    level[4][last] = level[4][last] + count
    level[1] = level[1] + count
    return
  end
  local stamps, levels, before = level[5], level[6], ceiling(level)
  while #stamps > 0 and levels[#levels] <= before do
    stamps[#stamps], levels[#levels] = nil, nil
  end
  stamps[#stamps + 1], levels[#levels + 1] = stamp, before
  if #stamps > CRESTS then
    table.remove(stamps, 1)
    table.remove(levels, 2)
  end
  level[1] = level[1] - count
end

local function give_back(limit, level, count, stamp)
  if limit.window then
    for i = 1, #level[2] do
      if stamp > level[5] and level[2][i] >= stamp then
        local given = math.min(count, level[4][i])
        level[4][i] = level[4][i] - given
        level[1] = level[1] - given
        return
      end
    end
    return
  end
  local stamps, levels = level[5], level[6]
  local first = 1
  while stamps[first] and stamps[first] <= stamp do
    first = first + 1
  end
  local highest = math.max(ceiling(level), levels[first] or ceiling(level))
  local given = math.min(count, limit.most - highest)
  if given <= 0 then
    return
  end
  level[1] = level[1] + given
  for i = first, #levels do
    levels[i] = levels[i] + given
  end
  while levels[first] and first > 1 and levels[first - 1] <= levels[first] do
    first = first - 1
    table.remove(stamps, first)
    table.remove(levels, first)
  end
end

local function whole(number)
  return string.format('%.0f', number)
end

-- The state, and whether the clock has been set back since: then all times go back with it, or
-- everybody would wait until it is there again.
local function load(now)
  local found = redis.call('GET', KEYS[1])
  if not found then
    return {seen = now, at = 0, closed = 0, stamp = 0, slowest = '', levels = {}}, false
  end
  local state = cmsgpack.unpack(found)
  local back = state.seen - now
  if back <= 0 then
    return state, false
  end
  state.at, state.closed, state.seen = state.at - back, state.closed - back, now
  for _, level in pairs(state.levels) do
    if #level == 5 then
      for i = 1, #level[3] do
        level[3][i] = level[3][i] - back
      end
    else
      level[4] = level[4] - back
    end
  end
  local places = redis.call('ZRANGE', KEYS[2], 0, -1)
  for _, place in ipairs(places) do
    redis.call('ZINCRBY', KEYS[2], whole(-back), place)
  end
  return state, true
end

-- Kept for as long as it says more than its absence would.
local function save(state, limits, now)
  local last = math.max(state.at, state.closed, now)
  local idle = state.idle or 0
  for _, limit in ipairs(limits) do
    local level = state.levels[limit.id]
    if level then
      local micros = limit.window or micros_until(limit, level, limit.most, last)
      idle = math.max(idle, last + micros)
    end
  end
  state.idle = math.max(idle, last)
  local millis = math.min(math.ceil((state.idle - now) / 1000), FAR / 1000) + 1000
  redis.call('SET', KEYS[1], cmsgpack.pack(state), 'PX', whole(millis))
end

local function hold(lease, till, now)
  redis.call('ZADD', KEYS[2], whole(till), lease)
  local last = redis.call('ZRANGE', KEYS[2], -1, -1, 'WITHSCORES')
  redis.call('PEXPIRE', KEYS[2], whole(math.ceil((last[2] - now) / 1000) + 1000))
end

-- The limits from ARGV[first] on: id, kind, dimension, inflow, period, window, most, slot of each.
local function read_limits(first)
  local limits = {}
  for i = first, #ARGV, 8 do
    local limit = {
      id = ARGV[i],
      dimension = tonumber(ARGV[i + 2]),
      inflow = tonumber(ARGV[i + 3]),
      period = tonumber(ARGV[i + 4]),
      most = tonumber(ARGV[i + 6]),
      slot = tonumber(ARGV[i + 7])
    }
    if ARGV[i + 1] == 'w' then
      limit.window = tonumber(ARGV[i + 5])
    end
    limits[#limits + 1] = limit
  end
  return limits
end
