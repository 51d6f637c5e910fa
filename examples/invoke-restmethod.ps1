<#
.SYNOPSIS
    Calls an API that the module has no cmdlet for: lists the objects of a bucket, page by page.
.DESCRIPTION
    The header is made and used in one expression and never shown. It is asked for at every page: the token comes from
    the cache, so that this costs nothing, and a list that takes hours never meets an expired token.
.PARAMETER Bucket
    The bucket's name.
.PARAMETER Prefix
    Only objects whose name begins with this.
.EXAMPLE
    ./examples/invoke-restmethod.ps1 -Bucket my-bucket -Prefix logs/ | Measure-Object -Property Size -Sum
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string]$Bucket,

    [string]$Prefix = ''
)

$ErrorActionPreference = 'Stop'

# Where the session has Cloud Storage; nothing stands there while it is at Google's own address.
$endpoint = (Get-GcpContext).Endpoints['storage']
if (-not $endpoint) {
    $endpoint = 'https://storage.googleapis.com/storage/v1/'
}

$query = 'fields=nextPageToken,items(name,size,updated)&prefix=' + [uri]::EscapeDataString($Prefix)
$list = $endpoint + 'b/' + [uri]::EscapeDataString($Bucket) + '/o?' + $query
$pageToken = ''
do {
    $uri = $list
    if ($pageToken) {
        $uri += '&pageToken=' + [uri]::EscapeDataString($pageToken)
    }

    $page = Invoke-RestMethod -Uri $uri -Headers (Get-GceAccessToken -AsHeader)
    foreach ($item in $page.items) {
        [pscustomobject]@{
            Name       = $item.name
            Size       = [long]$item.size
            UpdateTime = [datetime]$item.updated
        }
    }

    $pageToken = $page.nextPageToken
} while ($pageToken)
