-- ARGV: now, ahead, concurrency ('' for any), lease ('' for none), ttl, the number of dimensions,
-- of each the least and the most, the limits.
-- Gives: 1 granted, 0 refused, 2 busy; the wait; the number of the slowest limit, -1 for none; how
-- long it is closed; the stamp; what was taken of each dimension.

local now = clock()
local state, turned = load(now)
if turned then
  -- Before it is looked at: a refusal leaves no other trace.
  save(state, {}, now)
end
local lease = ARGV[4]
if lease ~= '' and ARGV[3] ~= ''
    and tonumber(redis.call('ZSCORE', KEYS[2], lease) or -math.huge) <= now
    and redis.call('ZCOUNT', KEYS[2], '(' .. whole(now), '+inf') >= tonumber(ARGV[3]) then
  return {2, 0, -1, 0, 0}
end

local counts, spare = {}, {}
for i = 1, tonumber(ARGV[6]) do
  counts[i] = tonumber(ARGV[5 + 2 * i])
  spare[i] = math.max(0, tonumber(ARGV[6 + 2 * i]) - counts[i])
end
local limits = read_limits(7 + 2 * #counts)

local from = math.max(now, state.at, state.closed)
local closed_for = math.max(0, state.closed - now)
local wait, slow = 0, 0
for i, limit in ipairs(limits) do
  if not state.levels[limit.id]
      and counts[limit.dimension] + spare[limit.dimension] > 0 then
    state.levels[limit.id] = new_level(limit, now, state.stamp)
  end
  if from == state.at and state.slowest == limit.id and slow == 0 then
    slow = i
  end
end
for i, limit in ipairs(limits) do
  local count = counts[limit.dimension]
  if count > 0 then
    local level = state.levels[limit.id]
    refill(limit, level, from)
    local micros = micros_until(limit, level, count, from)
    if micros > wait then
      wait, slow = micros, i
    end
  end
end
local use = from + wait
if use - now > tonumber(ARGV[2]) then
  return {0, use - now, slow - 1, closed_for, 0}
end

state.stamp = math.max(state.stamp + 1, use)
if use == now then
  slow = 0
  for _, limit in ipairs(limits) do
    if spare[limit.dimension] > 0 then
      local level = state.levels[limit.id]
      refill(limit, level, now)
      local left = available(limit, level) - counts[limit.dimension]
      spare[limit.dimension] = math.max(0, math.min(spare[limit.dimension], left))
    end
  end
  for i = 1, #counts do
    counts[i] = counts[i] + spare[i]
  end
end
for _, limit in ipairs(limits) do
  local count = counts[limit.dimension]
  if count > 0 then
    local level = state.levels[limit.id]
    refill(limit, level, use)
    take(limit, level, count, state.stamp, use)
  end
end
state.seen, state.at = now, use
state.slowest = slow > 0 and limits[slow].id or ''
save(state, limits, now)
if lease ~= '' then
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', whole(now))
  hold(lease, use + tonumber(ARGV[5]), now)
end
local answer = {1, use - now, slow - 1, closed_for, state.stamp}
for i = 1, #counts do
  answer[5 + i] = counts[i]
end
return answer
