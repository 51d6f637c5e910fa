<#
.SYNOPSIS
    Writes what stands between this machine and Google Cloud into a file, and ends with 1 where something fails.
.DESCRIPTION
    For a scheduled task or a monitoring agent: nobody has to be there, no secret gets into the file, and it never takes
    longer than the time-out.
.PARAMETER Path
    The file, as CSV.
.PARAMETER Permission
    IAM permissions that the machine's work needs.
.PARAMETER Bucket
    The bucket that permissions of Cloud Storage are about.
.PARAMETER TimeoutSec
    How long all checks together may take.
.EXAMPLE
    ./examples/diagnose.ps1 -Path ./gcp.csv -Permission compute.instances.list
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string]$Path,

    [string[]]$Permission,

    [string]$Bucket,

    [ValidateRange(1, 3600)]
    [int]$TimeoutSec = 30
)

$ErrorActionPreference = 'Stop'
$arguments = @{ TimeoutSec = $TimeoutSec }
if ($Permission) {
    $arguments.Permission = $Permission
}

if ($Bucket) {
    $arguments.Bucket = $Bucket
}

$checks = @(Test-GcpAuthentication @arguments)
$checks | Export-Csv -Path $Path -NoTypeInformation
$failed = @($checks | Where-Object -Property Status -EQ -Value 'Fail')
foreach ($check in $failed) {
    Write-Warning -Message ('{0}: {1} {2}' -f $check.Check, $check.Detail, $check.Recommendation)
}

exit [int]($failed.Count -gt 0)
