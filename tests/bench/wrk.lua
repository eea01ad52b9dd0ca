-- Sends whole requests, read from a file of "length\nbytes", in turn.
function init(args)
   local file = assert(io.open(args[1], "rb"))
   requests, sent = {}, 0
   local length = file:read("*n")
   while length do
      file:read(1)
      requests[#requests + 1] = file:read(length)
      length = file:read("*n")
   end
   file:close()
end

function request()
   sent = sent + 1
   return requests[(sent - 1) % #requests + 1]
end
