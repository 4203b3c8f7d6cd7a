-- Requests as text, and what a refused client does.
local http = {}

function http.request(method, path, token, body)
  local credentials = token ~= "" and "\r\nAuthorization: Bearer " .. token or ""
  return table.concat({
    method, " ", path, " HTTP/1.1\r\nHost: ", wrk.host, ":", wrk.port, credentials,
    "\r\nContent-Type: application/json\r\nContent-Length: ", #body, "\r\n\r\n", body,
  })
end

function http.is_refusal(status)
  return status == 503 or status == 429
end

-- Milliseconds to stay away: what the server asks for and a little of one's own, so that not all come back at once.
function http.stay_away(headers, jitter_ms)
  local seconds = tonumber(headers["retry-after"] or headers["Retry-After"]) or 1
  return 1000 * seconds + math.random(0, jitter_ms or 250)
end

return http
