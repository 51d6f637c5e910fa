<#
.SYNOPSIS
    Counts what a project has, by APIs that the module has no cmdlets for.
.DESCRIPTION
    Invoke-GcpRestMethod adds the session's token and follows the pages; the objects are the API's own. The token goes to
    Google's hosts only.
.PARAMETER Project
    The project; without it, the session's.
.EXAMPLE
    ./examples/any-api.ps1
#>
[CmdletBinding()]
param(
    [string]$Project
)

$ErrorActionPreference = 'Stop'

if (-not $Project) {
    $Project = (Get-GcpContext).Project
}

$compute = "https://compute.googleapis.com/compute/v1/projects/$Project"
$zones = @(Invoke-GcpRestMethod -Uri "$compute/zones" -Query @{ fields = 'items(name,status)' } -Paginate)
$buckets = @(Invoke-GcpRestMethod -Uri 'https://storage.googleapis.com/storage/v1/b' -Query @{ project = $Project } -Paginate)

[pscustomobject]@{
    Project = $Project
    Zones   = $zones.Count
    Up      = @($zones | Where-Object { $_.status -eq 'UP' }).Count
    Buckets = $buckets.Count
}
