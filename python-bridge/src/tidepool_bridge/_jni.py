"""The few calls of the Java Native Interface that starting the core takes, through ctypes.

Source: the Java Native Interface Specification, chapters 4 (functions of ``JNIEnv``, by their index in the
table) and 5 (the Invocation API). Only the ``…A`` variants are used: they take an array of values, and C's
variadic calls are not portable through ctypes.
"""

from __future__ import annotations

import ctypes
from typing import Any

from ._errors import BridgeUnavailable

__all__ = ["VirtualMachine", "create", "created"]

_VERSION_1_8 = 0x00010008
_OK = 0
_DETACHED = -2
_VM_TABLE = {"DetachCurrentThread": 5, "GetEnv": 6, "AttachCurrentThreadAsDaemon": 7}
_ENV_TABLE = {
    "FindClass": 6,
    "ExceptionOccurred": 15,
    "ExceptionClear": 17,
    "NewGlobalRef": 21,
    "NewObjectA": 30,
    "GetObjectClass": 31,
    "GetMethodID": 33,
    "CallObjectMethodA": 36,
    "CallVoidMethodA": 63,
    "GetStaticMethodID": 113,
    "CallStaticObjectMethodA": 116,
    "NewString": 163,
    "GetStringLength": 164,
    "GetStringRegion": 220,
    "NewObjectArray": 172,
    "SetObjectArrayElement": 174,
}
_POINTER = ctypes.c_void_p


class _Option(ctypes.Structure):
    _fields_ = (("optionString", ctypes.c_char_p), ("extraInfo", _POINTER))


class _InitArgs(ctypes.Structure):
    _fields_ = (
        ("version", ctypes.c_int32),
        ("nOptions", ctypes.c_int32),
        ("options", ctypes.POINTER(_Option)),
        ("ignoreUnrecognized", ctypes.c_ubyte),
    )


class VirtualMachine:
    """A Java virtual machine in this process. Safe for use by any number of threads."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._table = ctypes.cast(handle, ctypes.POINTER(ctypes.POINTER(_POINTER)))[0]
        self._attach_function = self._function("AttachCurrentThreadAsDaemon", _POINTER, _POINTER, _POINTER)
        self._get_env_function = self._function("GetEnv", _POINTER, _POINTER, ctypes.c_int32)
        self._detach_function = self._function("DetachCurrentThread", _POINTER)

    def attached(self) -> bool:
        """Tell whether the calling thread is attached."""
        env = _POINTER()
        return bool(self._get_env_function(self._handle, ctypes.byref(env), _VERSION_1_8) != _DETACHED)

    def attach(self) -> Environment:
        """Attach the calling thread as a daemon, which never keeps the process alive; again is harmless."""
        env = _POINTER()
        if self._attach_function(self._handle, ctypes.byref(env), None) != _OK or env.value is None:
            raise BridgeUnavailable("The Java virtual machine refused this thread")
        return Environment(env.value)

    def detach(self) -> None:
        """Detach the calling thread; one that is not attached is left alone."""
        self._detach_function(self._handle)

    def _function(self, name: str, *arguments: Any) -> Any:  # noqa: ANN401 - a ctypes function
        address = self._table[_VM_TABLE[name]]
        return ctypes.CFUNCTYPE(ctypes.c_int32, *arguments)(address or 0)


class Environment:
    """What one attached thread may ask of Java. Never use it on another thread."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._table = ctypes.cast(handle, ctypes.POINTER(ctypes.POINTER(_POINTER)))[0]

    def find_class(self, name: str) -> int | None:
        """Find a class by its name with slashes, through the system class loader; None when there is none."""
        found = self._pointer("FindClass", name.encode("ascii"))
        self._clear()
        return found

    def new(self, java_class: int, signature: str, *arguments: int | None) -> int:
        """Make an object; answers a reference that lasts."""
        method = self._method("GetMethodID", java_class, "<init>", signature)
        local = self._pointer("NewObjectA", _POINTER(java_class), method, _values(arguments))
        self.check()
        return self.keep(local)

    def keep(self, local: int | None) -> int:
        """Turn a reference of this call into one that lasts for the process."""
        kept = self._pointer("NewGlobalRef", _POINTER(local))
        if kept is None:
            raise BridgeUnavailable("Java returned nothing where an object was expected")
        return kept

    def call(self, target: int, name: str, signature: str, *arguments: int | None) -> int | None:
        """Call a method that answers an object, without Python's interpreter lock."""
        method = self._method("GetMethodID", self._class_of(target), name, signature)
        result = self._pointer("CallObjectMethodA", _POINTER(target), method, _values(arguments))
        self.check()
        return result

    def call_static(self, java_class: int, name: str, signature: str, *arguments: int | None) -> int | None:
        """Call a static method that answers an object, without Python's interpreter lock."""
        method = self._method("GetStaticMethodID", java_class, name, signature)
        result = self._pointer("CallStaticObjectMethodA", _POINTER(java_class), method, _values(arguments))
        self.check()
        return result

    def call_holding_lock(self, target: int, name: str, signature: str, *arguments: int | None) -> None:
        """Call a void method while this thread keeps Python's interpreter lock."""
        method = self._method("GetMethodID", self._class_of(target), name, signature)
        prototype = ctypes.PYFUNCTYPE(None, _POINTER, _POINTER, _POINTER, _POINTER)
        function = prototype(self._table[_ENV_TABLE["CallVoidMethodA"]] or 0)
        function(self._handle, target, method, _values(arguments))
        self.check()

    def string(self, text: str) -> int | None:
        """Make a Java string."""
        encoded = text.encode("utf-16-le", "surrogatepass")
        return self._pointer("NewString", ctypes.c_char_p(encoded), ctypes.c_int32(len(encoded) // 2))

    def strings(self, texts: list[str]) -> int | None:
        """Make a Java array of strings."""
        text_class = _POINTER(self.find_class("java/lang/String"))
        array = self._pointer("NewObjectArray", ctypes.c_int32(len(texts)), text_class, _POINTER(None))
        for index, text in enumerate(texts):
            value = _POINTER(self.string(text))
            self._invoke("SetObjectArrayElement", None, _POINTER(array), ctypes.c_int32(index), value)
        return array

    def objects(self, class_name: str, items: list[int | None]) -> int | None:
        """Make a Java array of that class."""
        item_class = _POINTER(self.find_class(class_name))
        array = self._pointer("NewObjectArray", ctypes.c_int32(len(items)), item_class, _POINTER(None))
        for index, item in enumerate(items):
            self._invoke("SetObjectArrayElement", None, _POINTER(array), ctypes.c_int32(index), _POINTER(item))
        return array

    def text(self, string: int) -> str:
        """Read a Java string."""
        length = int(self._invoke("GetStringLength", ctypes.c_int32, _POINTER(string)))
        buffer = ctypes.create_string_buffer(2 * length + 2)
        start, count = ctypes.c_int32(0), ctypes.c_int32(length)
        self._invoke("GetStringRegion", None, _POINTER(string), start, count, buffer)
        return buffer.raw[: 2 * length].decode("utf-16-le", "replace")

    def check(self) -> None:
        """Raise what Java threw, by its message alone."""
        thrown = self._pointer("ExceptionOccurred")
        if thrown is None:
            return
        self._clear()
        text_class = _POINTER(self._class_of(thrown))
        method = self._pointer("GetMethodID", text_class, b"getMessage", b"()Ljava/lang/String;")
        message = self._pointer("CallObjectMethodA", _POINTER(thrown), _POINTER(method), _values(()))
        self._clear()
        said = self.text(message) if message else ""
        # A message without a space is the name of a class that is missing.
        reason = f": {said}" if " " in said else ", or is damaged"
        raise BridgeUnavailable(f"The Java core does not fit this package{reason}", "Install both from one release")

    def _class_of(self, target: int) -> int:
        return int(self._invoke("GetObjectClass", _POINTER, _POINTER(target)) or 0)

    def _method(self, lookup: str, java_class: int, name: str, signature: str) -> ctypes.c_void_p:
        found = self._pointer(lookup, _POINTER(java_class), name.encode("ascii"), signature.encode("ascii"))
        self.check()
        return _POINTER(found)

    def _clear(self) -> None:
        self._invoke("ExceptionClear", None)

    def _pointer(self, name: str, *arguments: Any) -> int | None:  # noqa: ANN401 - C values
        result = self._invoke(name, _POINTER, *arguments)
        return None if result is None else int(result)

    def _invoke(self, name: str, result: Any, *arguments: Any) -> Any:  # noqa: ANN401 - C values
        kinds = [ctypes.c_char_p if isinstance(a, bytes) else _kind(a) for a in arguments]
        function = ctypes.CFUNCTYPE(result, _POINTER, *kinds)(self._table[_ENV_TABLE[name]] or 0)
        return function(self._handle, *arguments)


def created(library: ctypes.CDLL) -> VirtualMachine | None:
    """Find the virtual machine that already runs in this process, if one does."""
    handle, count = _POINTER(), ctypes.c_int32()
    library.JNI_GetCreatedJavaVMs(ctypes.byref(handle), 1, ctypes.byref(count))
    return VirtualMachine(handle.value) if count.value and handle.value else None


def create(library: ctypes.CDLL, options: list[str]) -> VirtualMachine:
    """Start the one virtual machine that this process may ever have; the calling thread is attached to it."""
    array = (_Option * len(options))(*(_Option(option.encode("utf-8"), None) for option in options))
    arguments = _InitArgs(_VERSION_1_8, len(options), array, 0)
    handle, env = _POINTER(), _POINTER()
    status = library.JNI_CreateJavaVM(ctypes.byref(handle), ctypes.byref(env), ctypes.byref(arguments))
    if status != _OK or handle.value is None:
        raise BridgeUnavailable(
            f"The Java virtual machine did not start (status {status})",
            "Look at what it printed just before, and at TIDEPOOL_JAVA_OPTS",
        )
    return VirtualMachine(handle.value)


def _kind(argument: Any) -> Any:  # noqa: ANN401 - C values
    return _POINTER if isinstance(argument, ctypes.Array) else type(argument)


def _values(references: tuple[int | None, ...]) -> Any:  # noqa: ANN401 - a C array
    # A jvalue is a union of 8 bytes; references are the only values used here.
    return (_POINTER * max(1, len(references)))(*references)
