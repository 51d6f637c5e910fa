#Requires -Version 7.4

<#
.SYNOPSIS
    Counts buckets and instances of several projects at once.
.DESCRIPTION
    ForEach-Object -Parallel runs its block in other runspaces of the same process. They share the contexts of the
    process, so that all of them are the identity that was connected here, and one token request serves them all.
.PARAMETER Project
    The projects. Left out, it is the project of the session.
.PARAMETER ThrottleLimit
    How many projects to ask at once.
.EXAMPLE
    ./examples/parallel.ps1 -Project project-a, project-b, project-c
#>
[CmdletBinding()]
param(
    [string[]]$Project = (Get-GcpContext).Project,

    [ValidateRange(1, 64)]
    [int]$ThrottleLimit = 8
)

$ErrorActionPreference = 'Stop'
$null = Connect-GcpAccount

# Each runspace loads the module for itself: the same one as here, wherever it was imported from.
$manifest = Join-Path -Path (Get-Module -Name GcpWorkloadAuth).ModuleBase -ChildPath 'GcpWorkloadAuth.psd1'
$Project | ForEach-Object -ThrottleLimit $ThrottleLimit -Parallel {
    Import-Module -Name $using:manifest
    [pscustomobject]@{
        Project   = $_
        Account   = (Get-GcpContext).Account
        Buckets   = @(Get-GcsBucket -Project $_).Count
        Instances = @(Get-GceInstance -Project $_).Count
    }
}
