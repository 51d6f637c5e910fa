<#
.SYNOPSIS
    A tour of the module: who am I, a token, buckets, instances, metadata.
.DESCRIPTION
    Reads only. Runs on a Compute Engine VM, on any machine with Application Default Credentials (the parts about the
    VM itself aside), and in the Playground, which shows each statement with its output:

        dotnet run --project tools/Playground

    Needs nothing but the module: no statement uses a cmdlet of Microsoft.PowerShell.Utility.
.EXAMPLE
    ./examples/tour.ps1
#>

# Who am I, in which project, and where does each of these come from? Nothing was set up.
Get-GcpContext

# The token that all cmdlets share. What is inside stays inside.
Get-GceAccessToken

# The buckets of the project.
Get-GcsBucket

# They are objects: filter and reshape them as you like.
Get-GcsBucket | Where-Object Versioning | ForEach-Object { "$($_.Name) keeps old versions, in $($_.Location)" }

# A wildcard, and the server narrows the list.
Get-GcsBucket -Name '*-bucket-000[12]'

# The instances of all zones.
Get-GceInstance

# Those that run.
Get-GceInstance | Where-Object Status -eq RUNNING

# Filtered by the server instead, by label.
Get-GceInstance -Label @{ env = '*' } -Filter 'status = TERMINATED'

# The VM that this runs on.
Get-GceInstance -Current | ForEach-Object { "This is $($_.Name) ($($_.MachineType)) in $($_.Zone), at $($_.InternalIP)" }

# Its metadata: the names of what somebody gave it, one value, and a whole tree as an object.
Get-GceMetadata instance/attributes/

Get-GceMetadata instance/maintenance-event

(Get-GceMetadata instance/ -Recurse).machineType

# The service accounts attached to it, and what their tokens may be used for.
Get-GceServiceAccount

# A failure says what is wrong and what to do.
try {
    Get-GcsBucket -Name no-such-bucket-anywhere -ErrorAction Stop
}
catch {
    "$($_.CategoryInfo.Category): $($_.Exception.Message) $($_.ErrorDetails.RecommendedAction)"
}

# A second identity beside the first, used for one call.
Connect-GcpAccount -Name second -MetadataServer

Get-GcsBucket -Context second | ForEach-Object { $_.Name }

# Back to where we began.
Disconnect-GcpAccount -Name second
