<#
.SYNOPSIS
    Runs the acceptance suite in the PowerShell that runs this script, and ends with one line: N passed, N failed.
.DESCRIPTION
    Needs Pester 5, and dotnet for the emulated cloud. Tests the staged module; Common.ps1 lists the environment variables that
    name another one. The exit code is 0 when nothing failed.
.PARAMETER Path
    The test files; without it, all.
.PARAMETER FullName
    Only tests whose full name is like this.
.EXAMPLE
    pwsh -NoProfile -File tests/Pester/Invoke-Tests.ps1
#>
[CmdletBinding()]
param(
    [string[]]$Path = $PSScriptRoot,

    [string[]]$FullName
)

$ErrorActionPreference = 'Stop'
Import-Module -Name Pester -MinimumVersion 5.0

. (Join-Path -Path $PSScriptRoot -ChildPath 'Common.ps1')
$own = $null
if (-not $env:GCPWORKLOADAUTH_EMULATOR) {
    $own = Open-Emulator
    $env:GCPWORKLOADAUTH_EMULATOR = $own.Address.AbsoluteUri
}

try {
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $Path
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'Detailed'
    if ($FullName) {
        $configuration.Filter.FullName = $FullName
    }

    $result = Invoke-Pester -Configuration $configuration
}
finally {
    if ($own) {
        $env:GCPWORKLOADAUTH_EMULATOR = $null
        $own.Process.Kill()
    }
}

# A file or a block that could not be run counts as a failure too, and so does a run without a test.
$passed = 0
$failed = 1
if ($result -and $result.TotalCount -gt 0) {
    $passed = $result.PassedCount
    $failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
}

"$passed passed, $failed failed"
exit [int]($failed -gt 0)
