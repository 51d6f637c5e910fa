#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0.0' }

# Against the real Google Cloud, read only. Skipped unless a project is named.
BeforeDiscovery {
    $project = $env:GCPWORKLOADAUTH_LIVE_PROJECT
    $isSkipped = [string]::IsNullOrEmpty($project)
}

Describe 'The real Google Cloud' -Skip:$isSkipped {
    BeforeAll {
        $root = Split-Path -Parent (Split-Path -Parent $PSScriptRoot)
        $manifest = if ($env:GCPWORKLOADAUTH_MODULE) { $env:GCPWORKLOADAUTH_MODULE } else { Join-Path $root 'GcpWorkloadAuth.psd1' }
        Import-Module $manifest -Force
        $project = $env:GCPWORKLOADAUTH_LIVE_PROJECT
    }

    It 'gives a token that Google accepts' {
        $headers = Get-GceAccessToken -AsHeader
        $answer = Invoke-RestMethod -Uri "https://storage.googleapis.com/storage/v1/b?project=$project&maxResults=1" -Headers $headers
        $answer.kind | Should -Be 'storage#buckets'
    }

    It 'lists buckets that can be got by name' {
        $first = Get-GcsBucket -Project $project | Select-Object -First 1
        if (-not $first) { Set-ItResult -Skipped -Because 'the project has no bucket' }
        ($first | Get-GcsBucket).Name | Should -Be $first.Name
    }

    It 'lists instances that can be got by name and zone' {
        $first = Get-GceInstance -Project $project | Select-Object -First 1
        if (-not $first) { Set-ItResult -Skipped -Because 'the project has no instance' }
        ($first | Get-GceInstance).Id | Should -Be $first.Id
    }

    It 'says that a missing bucket is missing' {
        { Get-GcsBucket "no-such-bucket-$([guid]::NewGuid().ToString('N'))" -ErrorAction Stop } |
            Should -Throw -ErrorId 'BucketNotFound,GcpWorkloadAuth.Commands.GetGcsBucketCommand'
    }
}
