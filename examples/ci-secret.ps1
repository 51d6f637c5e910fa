<#
.SYNOPSIS
    Works with a service account key that a CI system hands over in an environment variable, without writing a file.
.DESCRIPTION
    The secret becomes a SecureString by a constructor and not by ConvertTo-SecureString: where module logging is on,
    the parameter values of commands are written to the event log. The variable is taken back at once, so that programs
    started later do not inherit it.

    A key is good for as long as nobody deletes it. Where the CI system runs on Compute Engine, attach a service account
    to its VMs instead and leave out the key and this script.
.PARAMETER VariableName
    The environment variable that holds the content of the key file.
.PARAMETER Project
    The project to work in. Left out, it is the key's own.
.EXAMPLE
    pwsh -File examples/ci-secret.ps1 -VariableName GCP_KEY
#>
[CmdletBinding()]
param(
    [string]$VariableName = 'GCP_KEY',

    [string]$Project
)

$ErrorActionPreference = 'Stop'
try {
    $content = [Environment]::GetEnvironmentVariable($VariableName)
    if (-not $content) {
        throw "The environment variable $VariableName is not set."
    }

    $json = [System.Net.NetworkCredential]::new('', $content).SecurePassword
    $content = $null
    [Environment]::SetEnvironmentVariable($VariableName, $null)

    $account = @{ CredentialJson = $json; Name = 'ci' }
    if ($Project) {
        $account.Project = $Project
    }

    $context = Connect-GcpAccount @account
    "Signed in as $($context.Account) in project $($context.Project)."

    # The work begins here.
    Get-GcsBucket | ForEach-Object { "$($_.Name) ($($_.StorageClass))" }
    exit 0
}
catch {
    "FAILED: $($_.FullyQualifiedErrorId): $($_.Exception.Message)"
    exit 1
}
finally {
    # The credential and its tokens leave the process; a context that was never made is no failure.
    Disconnect-GcpAccount -Name ci -ErrorAction SilentlyContinue
}
