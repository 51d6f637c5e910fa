<#
.SYNOPSIS
    Stops the instances that carry a label at night, and starts them in the morning.
.DESCRIPTION
    For a scheduled task. All instances are worked on side by side; what fails is reported for each instance with
    Google's own code, and the exit code tells whether anything failed. The request id follows from the day and the
    action: a run that is started twice does nothing twice.
.PARAMETER Action
    Stop or Start.
.PARAMETER Label
    The label that chooses the instances, as in @{ schedule = 'office-hours' }.
.PARAMETER TimeoutSec
    How long to wait for all of them.
.EXAMPLE
    ./examples/fleet.ps1 -Action Stop -Label @{ schedule = 'office-hours' } -WhatIf
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)]
    [ValidateSet('Start', 'Stop')]
    [string]$Action,

    [hashtable]$Label = @{ schedule = 'office-hours' },

    [int]$TimeoutSec = 900
)

$ErrorActionPreference = 'Continue'
$null = Connect-GcpAccount

# The same day and action give the same id.
$text = '{0:yyyy-MM-dd} {1}' -f (Get-Date), $Action
$hash = [System.Security.Cryptography.SHA256]::Create()
$id = [guid][byte[]]($hash.ComputeHash([System.Text.Encoding]::UTF8.GetBytes($text))[0..15])

$status = if ($Action -eq 'Stop') { 'RUNNING' } else { 'TERMINATED' }
$instances = @(Get-GceInstance -Label $Label -Filter "status = $status")
$parameters = @{ RequestId = $id; TimeoutSec = $TimeoutSec; PassThru = $true; ErrorVariable = 'failures' }
if ($Action -eq 'Stop') {
    $instances | Stop-GceInstance @parameters
}
else {
    $instances | Start-GceInstance @parameters
}

exit [int]($failures.Count -gt 0)
