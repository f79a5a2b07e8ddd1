package cage

import (
	"errors"

	seccomp "github.com/elastic/go-seccomp-bpf"
	"github.com/elastic/go-seccomp-bpf/arch"
	"golang.org/x/sys/unix"
)

// System calls that a reader of files has no use for. The filter names what is
// forbidden and not what is allowed: the Go runtime and wazero need calls that
// differ between versions, and a work that dies of a harmless call is worse
// than a list that lags behind. The list keeps the child from the network, from
// other processes and from becoming something else.
var (
	callsNetwork = []string{"socket", "socketpair", "connect", "bind", "listen", "accept", "accept4",
		"sendto", "sendmsg", "sendmmsg", "recvfrom", "recvmsg", "recvmmsg",
		"io_uring_setup", "io_uring_enter", "io_uring_register"}
	callsProcess = []string{"execve", "execveat", "fork", "vfork", "kill", "tkill", "ptrace", "process_vm_readv",
		"process_vm_writev", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_open", "pidfd_getfd", "pidfd_send_signal",
		"process_madvise", "kcmp"}
	callsSystem = []string{"unshare", "setns", "mount", "umount2", "pivot_root", "chroot", "move_mount", "open_tree",
		"fsopen", "fsmount", "fspick", "fsconfig", "mount_setattr", "open_by_handle_at", "name_to_handle_at",
		"bpf", "perf_event_open", "userfaultfd", "keyctl", "add_key", "request_key", "init_module", "finit_module",
		"delete_module", "kexec_load", "kexec_file_load", "reboot", "swapon", "swapoff", "acct", "quotactl",
		"settimeofday", "clock_settime", "adjtimex", "clock_adjtime", "sethostname", "setdomainname", "syslog",
		"iopl", "ioperm", "personality", "mknod", "mknodat", "setuid", "setgid", "setreuid", "setregid", "setresuid",
		"setresgid", "setgroups", "capset", "fanotify_init", "inotify_init", "inotify_init1"}
	callsOpen  = []string{"open", "openat", "openat2", "creat"}
	callsWrite = []string{"creat", "openat2", "unlink", "unlinkat", "rename", "renameat", "renameat2", "mkdir", "mkdirat",
		"rmdir", "link", "linkat", "symlink", "symlinkat", "truncate", "chmod", "fchmodat", "fchmodat2", "chown",
		"lchown", "fchownat", "utime", "utimes", "utimensat", "setxattr", "lsetxattr", "removexattr", "lremovexattr"}
)

// filterCalls installs the filter on all threads. Where the child needs no
// folder it opens nothing at all; where it only needs the cache it writes
// nothing: that holds on kernels without Landlock too.
func filterCalls(o order) error {
	if !seccomp.Supported() {
		return errors.New("the kernel has no seccomp")
	}
	info, err := arch.GetInfo("")
	if err != nil {
		return err
	}
	refuse := seccomp.SyscallGroup{Action: errno(unix.EACCES)}
	seen := map[string]bool{}
	add := func(names []string) {
		for _, name := range names {
			if _, known := info.SyscallNames[name]; known && !seen[name] {
				seen[name] = true
				refuse.Names = append(refuse.Names, name)
			}
		}
	}
	add(callsNetwork)
	add(callsProcess)
	add(callsSystem)
	switch {
	case o.Temp == "" && o.Cache == "":
		add(callsOpen)
		add(callsWrite)
	case readsCacheOnly(o):
		add(callsWrite)
	}
	policy := seccomp.Policy{DefaultAction: seccomp.ActionAllow}
	// clone3 hides its flags from the filter; ENOSYS makes the C library take clone.
	if _, known := info.SyscallNames["clone3"]; known {
		policy.Syscalls = append(policy.Syscalls,
			seccomp.SyscallGroup{Action: errno(unix.ENOSYS), Names: []string{"clone3"}})
	}
	// Conditions come last: after one the filter no longer knows the call's number.
	policy.Syscalls = append(policy.Syscalls, refuse,
		seccomp.SyscallGroup{Action: errno(unix.EACCES), NamesWithCondtions: conditions(o, info)})
	return seccomp.LoadFilter(seccomp.Filter{NoNewPrivs: true, Flag: seccomp.FilterFlagTSync, Policy: policy})
}

func errno(e unix.Errno) seccomp.Action { return seccomp.ActionErrno | seccomp.Action(e) }

// conditions refuse some uses of a call: clone but for threads, prlimit64 of
// another process, and opening for writing where only reading is needed.
func conditions(o order, info *arch.Info) []seccomp.NameWithConditions {
	when := func(name string, argument uint32, op seccomp.Operation, value uint64) seccomp.NameWithConditions {
		return seccomp.NameWithConditions{Name: name,
			Conditions: seccomp.ArgumentConditions{{Argument: argument, Operation: op, Value: value}}}
	}
	all := []seccomp.NameWithConditions{
		when("clone", 0, seccomp.BitsNotSet, unix.CLONE_THREAD),
		when("prlimit64", 0, seccomp.NotEqual, 0),
	}
	if readsCacheOnly(o) {
		const writing = unix.O_WRONLY | unix.O_RDWR | unix.O_CREAT | unix.O_TRUNC
		all = append(all, when("openat", 2, seccomp.BitsSet, writing))
		if _, known := info.SyscallNames["open"]; known {
			all = append(all, when("open", 1, seccomp.BitsSet, writing))
		}
	}
	return all
}

func readsCacheOnly(o order) bool { return o.Temp == "" && o.Cache != "" && !o.Warm }
