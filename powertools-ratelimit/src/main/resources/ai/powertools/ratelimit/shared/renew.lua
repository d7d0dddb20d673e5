-- ARGV: now, ttl, the leases.

local now = clock()
for i = 3, #ARGV do
  hold(ARGV[i], now + tonumber(ARGV[2]), now)
end
return 1
