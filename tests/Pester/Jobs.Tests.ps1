BeforeDiscovery {
    $script:HasParallel = $PSVersionTable.PSVersion.Major -ge 7
    $script:HasThreadJob = [bool](Get-Command -Name Start-ThreadJob -ErrorAction SilentlyContinue)
}

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Common.ps1')
    Connect-TestCloud
    $script:Module = Get-ModuleUnderTest
}

AfterAll {
    Disconnect-TestCloud
}

Describe 'Start-Job, a process of its own' {
    BeforeEach {
        Initialize-TestCloud
    }

    It 'resolves its identity for itself' {
        $null = Connect-GcpAccount -Name only-here -Project other-project
        $null = Invoke-Cloud -Method Delete -Path 'requests'

        $job = Start-Job -ScriptBlock {
            Import-Module -Name $using:Module
            (Get-GcpContext).Name
            (Get-GceAccessToken).Account
            [System.Diagnostics.Process]::GetCurrentProcess().Id
        }
        $output = @($job | Receive-Job -Wait -AutoRemoveJob -ErrorAction Stop)

        $output[0] | Should -Be 'default'
        $output[1] | Should -Be '123456789012-compute@developer.gserviceaccount.com'
        $output[2] | Should -Not -Be $PID
        @(Get-CloudRequest -Path '*/token').Count | Should -Be 1
    }

    It 'gives objects that pipe into cmdlets' {
        $job = Start-Job -ScriptBlock {
            Import-Module -Name $using:Module
            Get-GceInstance -Name 'vm-0001?'
            Get-GcsBucket -Prefix demo-project-bucket-100
            Get-GcpContext
            Get-GceServiceAccount
        }
        $output = @($job | Receive-Job -Wait -AutoRemoveJob -ErrorAction Stop)
        $instances = @($output | Where-Object { $_.PSObject.TypeNames[0] -eq 'Deserialized.GcpWorkloadAuth.GceInstance' })
        $buckets = @($output | Where-Object { $_.PSObject.TypeNames[0] -eq 'Deserialized.GcpWorkloadAuth.GcsBucket' })
        $context = $output | Where-Object { $_.PSObject.TypeNames[0] -eq 'Deserialized.GcpWorkloadAuth.GcpContext' }
        $account = $output | Where-Object { $_.PSObject.TypeNames[0] -eq 'Deserialized.GcpWorkloadAuth.GceServiceAccount' }

        $instances.Count | Should -Be 10
        @($instances | Get-GceInstance).Name | Should -Be $instances.Name
        @(Get-GceInstance -Name $instances[0] -Zone $instances[0].Zone).Count | Should -Be 1
        @($buckets | Get-GcsBucket).Name | Should -Be $buckets.Name
        (Get-GcsBucket -Name $buckets[0]).Name | Should -Be $buckets[0].Name
        @(Get-GcsBucket -Prefix demo-project-bucket-1000 -Context $context).Count | Should -Be 1
        ($account | Get-GceAccessToken).Account | Should -Be $account.Email
    }

    It 'keeps lists, labels and times usable' {
        $job = Start-Job -ScriptBlock {
            Import-Module -Name $using:Module
            Get-GceInstance -Current
        }
        $there = $job | Receive-Job -Wait -AutoRemoveJob -ErrorAction Stop
        $here = Get-GceInstance -Current

        $there.Id | Should -Be $here.Id
        $there.CreationTime | Should -Be $here.CreationTime
        @($there.Labels.Keys | Sort-Object) | Should -Be @($here.Labels.Keys | Sort-Object)
        @($there.Tags) | Should -Be @($here.Tags)
        "$($there.ServiceAccounts)" | Should -Be "$($here.ServiceAccounts)"
        $there.InternalIP | Should -Be $here.InternalIP
        "$there" | Should -Be 'demo-vm'
    }

    It 'brings no token back' {
        $job = Start-Job -ScriptBlock {
            Import-Module -Name $using:Module
            Get-GceAccessToken
            Get-GcpContext
        }
        $output = @($job | Receive-Job -Wait -AutoRemoveJob -ErrorAction Stop)

        $output[0].PSObject.TypeNames[0] | Should -Be 'Deserialized.GcpWorkloadAuth.GceAccessToken'
        $output[0].Account | Should -Be '123456789012-compute@developer.gserviceaccount.com'
        $output[0].ExpiresAt | Should -BeGreaterThan ([datetime]::Now)
        $output[0].PSObject.Properties.Name | Should -Not -Contain 'Token'
        ($output | ConvertTo-Json -Depth 5 -WarningAction SilentlyContinue) | Should -Not -BeLike '*ya29*'
    }

    It 'fails with the same error' {
        $job = Start-Job -ScriptBlock {
            Import-Module -Name $using:Module
            Get-GcsBucket -Name no-such-bucket-here
        }
        $null = $job | Receive-Job -Wait -AutoRemoveJob -ErrorVariable failures -ErrorAction SilentlyContinue

        $failures[0].FullyQualifiedErrorId | Should -BeLike 'BucketNotFound*'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }
}

Describe 'Other runspaces of this process' {
    BeforeEach {
        Initialize-TestCloud
    }

    It 'share the session under -Parallel, and one token request' -Skip:(-not $HasParallel) {
        $null = Connect-GcpAccount -Name shared -SkipValidation

        $output = @(1..16 | ForEach-Object -ThrottleLimit 8 -Parallel {
                Import-Module -Name $using:Module
                (Get-GcpContext).Name + ' ' + (Get-GceAccessToken).Account
            })

        $output.Count | Should -Be 16
        @($output | Sort-Object -Unique) | Should -Be @('shared 123456789012-compute@developer.gserviceaccount.com')
        @(Get-CloudRequest -Path '*/token').Count | Should -Be 1
    }

    It 'sign nobody out with Import-Module -Force or by ending' -Skip:(-not $HasParallel) {
        $null = Connect-GcpAccount -Name shared
        $token = Get-GceAccessToken -AsPlainText

        1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module -Name $using:Module -Force
            $null = Get-GceAccessToken
            Remove-Module -Name GcpWorkloadAuth
        }

        (Get-GcpContext).Name | Should -Be 'shared'
        Get-GceAccessToken -AsPlainText | Should -Be $token
    }

    It 'list in parallel' -Skip:(-not $HasParallel) {
        $counts = @(1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
                Import-Module -Name $using:Module
                @(Get-GceInstance).Count
            })

        $counts | Should -Be @(1100, 1100, 1100, 1100)
    }

    It 'can have a session of their own' -Skip:(-not $HasParallel) {
        $null = Connect-GcpAccount -Name shared -Project shared-project

        $projects = @('project-a', 'project-b' | ForEach-Object -ThrottleLimit 2 -Parallel {
                Import-Module -Name $using:Module
                $null = Connect-GcpAccount -Name mine -Project $_ -SessionScope Runspace
                Start-Sleep -Milliseconds 200
                (Get-GcpContext).Project
            })

        @($projects | Sort-Object) | Should -Be @('project-a', 'project-b')
        (Get-GcpContext).Project | Should -Be 'shared-project'
    }

    It 'share the session in a thread job' -Skip:(-not $HasThreadJob) {
        $null = Connect-GcpAccount -Name shared
        $null = Invoke-Cloud -Method Delete -Path 'requests'

        $job = Start-ThreadJob -ScriptBlock {
            Import-Module -Name $using:Module
            (Get-GcpContext).Name
            $null = Get-GceAccessToken
            Get-GceInstance -Current
        }
        $output = @($job | Receive-Job -Wait -AutoRemoveJob -ErrorAction Stop)

        $output[0] | Should -Be 'shared'
        ($output[1] | Get-GceInstance).Name | Should -Be 'demo-vm'
        Get-CloudRequest -Path '*/token' | Should -BeNullOrEmpty
    }
}
