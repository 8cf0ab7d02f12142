# Hands what a coding agent's hook says on to Deskpost, on Windows. README.md beside this file says how to set it up.
#
#   powershell -NoProfile -ExecutionPolicy Bypass -File deskpost-hook.ps1 AGENT [RECIPIENT]
#
# The same as deskpost-hook.sh, whose comments say what the arguments and DESKPOST_URL, DESKPOST_HOME,
# DESKPOST_TOKEN_FILE and DESKPOST_RECIPIENT mean, except for two things: the event comes on standard input only, and
# this waits for Deskpost's answer, at most two seconds, because what it leaves in the background would end with it.
param([string] $Agent = '', [string] $Recipient = $env:DESKPOST_RECIPIENT)

$ErrorActionPreference = 'Stop'

# Cursor waits for leave to go on; Gemini CLI wants JSON; Claude Code and Codex would give any word to the model
switch ($Agent) {
    'cursor' { [Console]::Out.WriteLine('{"continue":true}') }
    'gemini-cli' { [Console]::Out.WriteLine('{}') }
}

try {
    # Bytes, as they came: PowerShell itself would make text of them, by the code page of the console
    $body = New-Object System.IO.MemoryStream
    [Console]::OpenStandardInput().CopyTo($body)

    $home_ = if ($env:DESKPOST_HOME) { $env:DESKPOST_HOME } else { '~/.deskpost' }
    # As Deskpost itself reads it
    if ($home_ -match '\A~(\z|[/\\])') { $home_ = $HOME + $home_.Substring(1) }
    $file = if ($env:DESKPOST_TOKEN_FILE) { $env:DESKPOST_TOKEN_FILE } else { Join-Path $home_ 'token' }
    $token = [System.IO.File]::ReadAllText($file).Trim()
    $url = if ($env:DESKPOST_URL) { $env:DESKPOST_URL.TrimEnd('/') } else { 'http://127.0.0.1:8080' }

    if ($Recipient -match '\A[A-Za-z0-9][A-Za-z0-9._-]*\z' -and $token -match '\A[A-Za-z0-9._~+/-]+=*\z') {
        $request = [System.Net.WebRequest]::Create("$url/api/v1/recipients/$Recipient/hooks")
        $request.Method = 'POST'
        $request.Timeout = 2000
        $request.ReadWriteTimeout = 2000
        $request.Proxy = $null
        $request.AllowAutoRedirect = $false
        $request.ContentType = 'application/json'
        $request.Headers.Add('Authorization', "Bearer $token")
        $request.ContentLength = $body.Length
        $stream = $request.GetRequestStream()
        $body.WriteTo($stream)
        $stream.Close()
        $request.GetResponse().Close()
    }
} catch {
    # A hook must never disturb its agent
}
exit 0
