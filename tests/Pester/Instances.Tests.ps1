BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Common.ps1')
    Connect-TestCloud
    $script:Module = Get-ModuleUnderTest
}

AfterAll {
    Disconnect-TestCloud
}

Describe 'Instances' {
    BeforeEach {
        Initialize-TestCloud
    }

    It 'stop and start, many in one pipeline' {
        $stopped = @(Get-GceInstance 'vm-0000?' -Filter 'status = RUNNING' | Stop-GceInstance -PassThru)
        $stopped.Count | Should -BeGreaterThan 3
        @($stopped | Where-Object Status -NE TERMINATED).Count | Should -Be 0

        @($stopped | Start-GceInstance -PassThru | Where-Object Status -EQ RUNNING).Count | Should -Be $stopped.Count
    }

    It 'change nothing under -WhatIf, with -Force too' {
        Get-GceInstance 'vm-0000?' | Remove-GceInstance -Force -WhatIf
        Get-GceInstance 'vm-0000?' | Stop-GceInstance -WhatIf

        @(Get-CloudRequest -Path '*/stop').Count | Should -Be 0
        @(Get-GceInstance 'vm-0000?').Count | Should -Be 8
    }

    It 'come from a job and keep their project and zone' {
        $job = Start-Job -ScriptBlock {
            Import-Module -Name $using:Module
            Get-GceInstance vm-00004
        }
        $instance = $job | Receive-Job -Wait -AutoRemoveJob

        ($instance | Stop-GceInstance -Project no-such-project -Zone us-central1-a -PassThru).Status | Should -Be 'TERMINATED'
    }

    It 'are made, changed and removed' {
        $config = New-GceInstanceConfig -MachineType e2-small -ImageFamily debian-cloud/debian-12 -ExternalIP none
        $made = $config | New-GceInstance pester-1 -Zone europe-west1-b
        $made.Status | Should -Be 'RUNNING'

        ($made | Set-GceInstanceLabel -Add @{ env = 'pester' } -PassThru).Labels['env'] | Should -Be 'pester'
        ($made | Set-GceInstanceMetadata -Add @{ k = 'v' } -PassThru).Metadata['k'] | Should -Be 'v'
        $made | Remove-GceInstance -Force
        { Get-GceInstance pester-1 -Zone europe-west1-b -ErrorAction Stop } | Should -Throw -ErrorId 'InstanceNotFound*'
    }

    It 'give operations that can be waited for later' {
        $operation = Stop-GceInstance vm-00004 -NoWait
        $operation.OperationType | Should -Be 'stop'
        ($operation | Wait-GceOperation).Status | Should -Be 'DONE'
    }

    It 'give a Windows password as a credential' {
        $credential = Reset-GceWindowsPassword vm-00006 -UserName pester -Force
        $credential | Should -BeOfType ([pscredential])
        $credential.UserName | Should -Be 'pester'
        $credential.GetNetworkCredential().Password.Length | Should -BeGreaterThan 8
    }

    It 'name what went wrong' {
        Stop-GceInstance nobody -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InstanceNotFound*'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }
}
