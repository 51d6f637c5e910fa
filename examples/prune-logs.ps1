<#
.SYNOPSIS
    Moves old objects below a prefix to a colder storage class and deletes very old ones.
.DESCRIPTION
    For a scheduled task that nobody watches. What is listed is what is changed: an object that somebody overwrites meanwhile stays as it
    is and is reported. With -WhatIf it only says what it would do.
.PARAMETER Prefix
    What is pruned: gs://bucket/prefix/.
.PARAMETER ColdAfterDays
    Objects older than this become NEARLINE.
.PARAMETER DeleteAfterDays
    Objects older than this are deleted.
.EXAMPLE
    ./prune-logs.ps1 -Prefix gs://my-logs/web/ -ColdAfterDays 30 -DeleteAfterDays 365
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)]
    [string]$Prefix,

    [int]$ColdAfterDays = 30,

    [int]$DeleteAfterDays = 365
)

$ErrorActionPreference = 'Continue'
$cold = (Get-Date).AddDays(-$ColdAfterDays)
$gone = (Get-Date).AddDays(-$DeleteAfterDays)

# Both at once would be one list twice as long: each walks the pages as they come.
Get-GcsObject $Prefix |
    Where-Object { $_.CreationTime -lt $gone } |
    Remove-GcsObject -Force -WhatIf:$WhatIfPreference

Get-GcsObject $Prefix |
    Where-Object { $_.CreationTime -lt $cold -and $_.StorageClass -eq 'STANDARD' } |
    Set-GcsObject -StorageClass NEARLINE -WhatIf:$WhatIfPreference |
    ForEach-Object { "$($_.Uri) is $($_.StorageClass) now" }
