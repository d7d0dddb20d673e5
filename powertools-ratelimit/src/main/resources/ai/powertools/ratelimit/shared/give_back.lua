-- ARGV: now, stamp, the number of dimensions, the count of each, the limits.

local now = clock()
local state, turned = load(now)
local dimensions = tonumber(ARGV[3])
local limits = read_limits(4 + dimensions)
local from = math.max(now, state.at, state.closed)
local changed = turned
for _, limit in ipairs(limits) do
  local count = tonumber(ARGV[3 + limit.dimension])
  local level = state.levels[limit.id]
  if count > 0 and level then
    refill(limit, level, from)
    give_back(limit, level, count, tonumber(ARGV[2]))
    changed = true
  end
end
if changed then
  state.seen = now
  save(state, limits, now)
end
return 1
