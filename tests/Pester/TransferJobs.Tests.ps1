BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Common.ps1')
    Connect-TestCloud
    $script:Module = Get-ModuleUnderTest
    $source = 'gs://demo-project-bucket-0001'
    $destination = 'gs://demo-project-bucket-0002'
}

AfterAll {
    Disconnect-TestCloud
}

Describe 'Transfer jobs' {
    BeforeEach {
        Initialize-TestCloud
    }

    It 'are started, waited for and shown' {
        $job = Start-GcsTransferJob $source $destination -Name nightly -Description 'every night'
        $job.Name | Should -Be 'transferJobs/nightly'

        ($job | Wait-GcsTransferJob).LatestOperation.Status | Should -Be 'SUCCESS'
        @(Get-GcsTransferJob).Description | Should -Be 'every night'
        @(Get-CloudRequest -Path '/v1/transferJobs/nightly:run').Count | Should -Be 1
    }

    It 'come from a job as they come live' {
        $null = Start-GcsTransferJob $source $destination -Name nightly
        $copy = Start-Job -ScriptBlock {
            Import-Module -Name $using:Module
            Get-GcsTransferJob
        } | Receive-Job -Wait -AutoRemoveJob

        $copy.LatestOperation.Name | Should -Be $copy.LatestOperationName
        ($copy | Wait-GcsTransferJob).Name | Should -Be 'transferJobs/nightly'
    }

    It 'do not begin with -WhatIf, whatever else is said' {
        Start-GcsTransferJob $source $destination -DeleteExtraneous -Force -WhatIf

        @(Get-GcsTransferJob) | Should -BeNullOrEmpty
    }

    It 'take no path of this machine and no object' {
        { Start-GcsTransferJob ./folder $destination -ErrorAction Stop } | Should -Throw -ErrorId 'LocalPathRefused*'
        { Start-GcsTransferJob "$source/a.txt" $destination -ErrorAction Stop } | Should -Throw -ErrorId 'TransferPathInvalid*'
    }
}
