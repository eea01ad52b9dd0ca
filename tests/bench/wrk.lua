-- Sends whole requests, read from a file of "length\nbytes", in turn: each thread its share of them.
local threads = 0

function setup(thread)
   thread:set("place", threads)
   threads = threads + 1
end

function init(args)
   local file = assert(io.open(args[1], "rb"))
   step, requests = tonumber(args[2]), {}
   local length = file:read("*n")
   while length do
      file:read(1)
      requests[#requests + 1] = file:read(length)
      length = file:read("*n")
   end
   file:close()
   sent = place
end

function request()
   local one = requests[sent % #requests + 1]
   sent = sent + step
   return one
end
