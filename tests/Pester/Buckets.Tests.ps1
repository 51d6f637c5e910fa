BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Common.ps1')
    Connect-TestCloud
    $script:Module = Get-ModuleUnderTest
}

AfterAll {
    Disconnect-TestCloud
}

Describe 'Buckets' {
    BeforeEach {
        Initialize-TestCloud
    }

    It 'are made with their settings' {
        $rule = New-GcsLifecycleRule -Delete -Age 30
        $bucket = New-GcsBucket -Name pester-new-bucket -Location europe-west3 -Label @{ env = 'test' } -Versioning On -LifecycleRule $rule `
            -RetentionPeriod 12h -SoftDeleteRetention '10d'

        $bucket.Location | Should -Be 'EUROPE-WEST3'
        $bucket.Labels['env'] | Should -Be 'test'
        $bucket.Versioning | Should -BeTrue
        $bucket.RetentionPeriod | Should -Be ([timespan] '12:00:00')
        $bucket.SoftDeleteRetention | Should -Be ([timespan] '10.00:00:00')
        "$($bucket.LifecycleRules)" | Should -Be 'Delete: Age 30'
    }

    It 'are not made with -WhatIf' {
        New-GcsBucket -Name pester-new-bucket -WhatIf | Should -BeNullOrEmpty

        Test-GcsBucket -Name pester-new-bucket | Should -BeFalse
    }

    It 'change by pipeline, and keep the labels that are not named' {
        $null = Get-GcsBucket -Name 'demo-project-bucket-000[1-3]' | Set-GcsBucket -AddLabel @{ one = '1' }
        $changed = @(Get-GcsBucket -Name 'demo-project-bucket-000[1-3]' | Set-GcsBucket -AddLabel @{ two = '2' } -ThrottleLimit 2)

        $changed.Count | Should -Be 3
        $changed | ForEach-Object { $_.Labels['one'] + $_.Labels['two'] | Should -Be '12' }
    }

    It 'from a job can be changed, and their rules given on' {
        $null = Set-GcsBucket -Name demo-project-bucket-0001 -LifecycleRule @{ Action = 'Delete'; Age = 3; MatchesPrefix = 'tmp/' }
        $copy = Start-Job -ScriptBlock { Import-Module -Name $using:Module; Get-GcsBucket -Name demo-project-bucket-0001 } | Receive-Job -Wait -AutoRemoveJob

        ($copy | Set-GcsBucket -RequesterPays On).RequesterPays | Should -BeTrue
        "$((Set-GcsBucket -Name demo-project-bucket-0002 -LifecycleRule $copy.LifecycleRules).LifecycleRules)" | Should -Be 'Delete: Age 3, MatchesPrefix tmp/'
    }

    It 'are removed, and a refusal is an error' {
        Remove-GcsBucket -Name demo-project-bucket-0001 -Force
        Test-GcsBucket -Name demo-project-bucket-0001 | Should -BeFalse
        { Remove-GcsBucket -Name demo-project-bucket-0001 -Force -ErrorAction Stop } | Should -Throw -ErrorId 'BucketNotFound,*'
    }

    It 'are emptied with -Recurse, and soft delete is named' {
        Invoke-Cloud -Method Post -Path 'objects' -Body @{ bucket = 'demo-project-bucket-0001'; name = 'a/b.txt'; content = 'text' }

        { Remove-GcsBucket -Name demo-project-bucket-0001 -Force -ErrorAction Stop } | Should -Throw -ErrorId 'BucketNotEmpty,*'
        Remove-GcsBucket -Name demo-project-bucket-0001 -Recurse -Force -WhatIf
        Test-GcsBucket -Name demo-project-bucket-0001 | Should -BeTrue
        Remove-GcsBucket -Name demo-project-bucket-0001 -Recurse -Force -WarningVariable warnings -WarningAction SilentlyContinue
        Test-GcsBucket -Name demo-project-bucket-0001 | Should -BeFalse
        "$warnings" | Should -BeLike '*demo-project-bucket-0001*7 d*'
    }

    It 'share roles, with conditions' {
        $condition = @{ ConditionTitle = 'until'; ConditionExpression = 'request.time < timestamp("2030-01-01T00:00:00Z")' }
        $null = Add-GcsBucketIamBinding -Bucket demo-project-bucket-0001 -Role roles/storage.objectViewer -Member user:ann@example.com @condition
        $binding = (Get-GcsBucketIamPolicy -Bucket demo-project-bucket-0001).Bindings | Where-Object { $_.Condition }
        $binding.Members | Should -Be 'user:ann@example.com'

        $left = $binding | Remove-GcsBucketIamBinding -Force
        @($left.Bindings | Where-Object { $_.Condition }).Count | Should -Be 0
    }

    It 'say what one may do' {
        Test-GcsBucketPermission -Bucket demo-project-bucket-0001 -Permission storage.objects.get, storage.objects.list -Quiet | Should -BeTrue
        @(Test-GcsBucketPermission -Bucket demo-project-bucket-0001 -Permission storage.objects.get).Granted | Should -BeTrue
    }

    It 'take durations with a unit, and no bare numbers' {
        { Set-GcsBucket -Name demo-project-bucket-0001 -RetentionPeriod 30 } | Should -Throw -ExpectedMessage "*'30' is not a duration*"
        (Set-GcsBucket -Name demo-project-bucket-0001 -RetentionPeriod 30d).RetentionPeriod | Should -Be ([timespan] '30.00:00:00')
        (Set-GcsBucket -Name demo-project-bucket-0001 -RetentionPeriod 90s).RetentionPeriod | Should -Be ([timespan] '00:01:30')
        (Set-GcsBucket -Name demo-project-bucket-0001 -RetentionPeriod 0).RetentionPeriod | Should -BeNullOrEmpty
    }
}
