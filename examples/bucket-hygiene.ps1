<#
.SYNOPSIS
    Brings buckets to one standard: access by IAM alone, nothing public, uploads that broke and old versions tidied up.
.DESCRIPTION
    Looks at every bucket of the project and changes those that differ. -WhatIf shows which. A bucket whose rules already delete
    something keeps its rules. Works in Windows PowerShell 5.1 and PowerShell 7.
.PARAMETER Name
    Names of buckets, with wildcards; without it, all.
.PARAMETER KeepVersions
    How many newer versions an old one may have before it is deleted.
.EXAMPLE
    ./examples/bucket-hygiene.ps1 -WhatIf
.EXAMPLE
    ./examples/bucket-hygiene.ps1 -Name 'logs-*' -KeepVersions 1
#>
[CmdletBinding(SupportsShouldProcess = $true)]
param(
    [string]$Name = '*',

    [int]$KeepVersions = 3
)

$ErrorActionPreference = 'Stop'

$rules = @(
    New-GcsLifecycleRule -AbortIncompleteMultipartUpload -Age 7
    New-GcsLifecycleRule -Delete -Live:$false -NewerVersionCount $KeepVersions
)

foreach ($bucket in Get-GcsBucket -Name $Name) {
    $change = @{}
    if (-not $bucket.UniformBucketLevelAccess) {
        $change.UniformBucketLevelAccess = 'On'
    }

    if ($bucket.PublicAccessPrevention -ne 'enforced') {
        $change.PublicAccessPrevention = 'enforced'
    }

    if (-not ($bucket.LifecycleRules | Where-Object { $_.Action -eq 'Delete' })) {
        $change.LifecycleRule = @($bucket.LifecycleRules) + $rules
    }

    if ($change.Count -gt 0 -and $PSCmdlet.ShouldProcess($bucket.Name, 'Set ' + ($change.Keys -join ', '))) {
        $bucket | Set-GcsBucket @change -Confirm:$false
    }
}
