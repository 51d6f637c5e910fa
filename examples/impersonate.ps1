<#
.SYNOPSIS
    Works as another service account for one task, and shows what an identity token of it says.
.DESCRIPTION
    The session's own identity stays what it is: the other account gets a context of its own, which ends with the script. The
    identity needs the role roles/iam.serviceAccountTokenCreator on the account.
.PARAMETER ServiceAccount
    The e-mail address of the account to work as.
.PARAMETER Audience
    The service that an identity token is made for.
.EXAMPLE
    ./examples/impersonate.ps1 -ServiceAccount reader@my-project.iam.gserviceaccount.com -Audience https://service.example
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string]$ServiceAccount,

    [Parameter(Mandatory = $true)]
    [string]$Audience
)

$ErrorActionPreference = 'Stop'

$before = Get-GcpContext
$other = Connect-GcpAccount -Name impersonated -ImpersonateServiceAccount $ServiceAccount
try {
    foreach ($bucket in Get-GcsBucket -Context $other) {
        $bucket.Name
    }

    Get-GceIdentityToken -Audience $Audience -IncludeEmail -Context $other
}
finally {
    Disconnect-GcpAccount -Name $other.Name
    if ($before.Name -ne 'default') {
        $null = Select-GcpContext -Name $before.Name
    }
}
