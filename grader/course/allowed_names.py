"""Groups of names that ``allowed`` in an exercise.yaml may list, and the meaning of an entry.

A group has a plain name, and its members are written as in an exercise: ``numpy.exp`` is a function
and everything below it, ``numpy.random.*`` all members of a module, ``.sum`` a method or attribute
of any value. No group contains a name that answers an exercise by itself: a softmax, a log-sum-exp,
a loss, a gradient, a float of more than 64 bits. Exercises that allow one of them list it by its
name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def _named(prefix: str, names: str) -> tuple[str, ...]:
    return tuple(f"{prefix}.{name}" for name in names.split())


def _below(names: str) -> tuple[str, ...]:
    return tuple(f".{name}" for name in names.split())


_SHAPES = (
    "T mT ndim shape size dtype itemsize nbytes copy item tolist reshape squeeze transpose view"
)
_ELEMENTWISE = """
    abs absolute acos acosh add arccos arccosh arcsin arcsinh arctan arctan2 arctanh asin asinh
    atan atan2 atanh bitwise_and bitwise_not bitwise_or bitwise_xor ceil clip conj copysign cos
    cosh deg2rad divide equal exp exp2 expm1 fix float_power floor floor_divide fmax fmin fmod
    frexp greater greater_equal heaviside hypot imag isclose isfinite isinf isnan isneginf isposinf
    isreal ldexp less less_equal log log10 log1p log2 logical_and logical_not logical_or
    logical_xor maximum minimum multiply nan_to_num negative nextafter not_equal positive pow
    rad2deg real reciprocal remainder round sign signbit sin sinc sinh sqrt square subtract tan
    tanh true_divide trunc
"""
_REDUCTIONS = """
    all amax amin any argmax argmin count_nonzero cumprod cumsum diff max mean median min nanmean
    nansum prod quantile std sum var
"""
_PRODUCTS = "cross dot einsum inner kron matmul outer tensordot trace vdot"

GROUPS: dict[str, tuple[str, ...]] = {
    "numpy_arrays": (
        *_named(
            "numpy",
            """
            allclose append apply_along_axis apply_over_axes arange argpartition argsort argwhere
            array array2string array_equal array_equiv array_repr array_split array_str asanyarray
            asarray ascontiguousarray asfarray asfortranarray astype atleast_1d atleast_2d
            atleast_3d bincount block bool bool_ broadcast broadcast_arrays broadcast_shapes
            broadcast_to c_ can_cast choose column_stack common_type complex128 complex64
            complexfloating compress concat concatenate convolve copy copyto correlate delete diag
            diag_indices diagflat diagonal digitize double dstack dtype e empty empty_like
            errstate expand_dims extract eye fill_diagonal finfo flatiter flatnonzero flip fliplr
            flipud float16 float32 float64 float_ floating from_dlpack frombuffer fromfunction
            fromiter frompyfunc full full_like generic get_printoptions geterr half histogram
            hsplit hstack identity iinfo in1d indices inexact inf insert int16 int32 int64 int8
            int_ intc integer intp iscomplex iscomplexobj isdtype isin isrealobj isscalar
            issubdtype iterable ix_ lexsort lib.stride_tricks.* linalg.LinAlgError linspace
            logspace long longlong ma.array ma.asanyarray ma.asarray ma.filled ma.getdata ma.getmask
            ma.getmaskarray ma.is_masked ma.isMaskedArray ma.masked ma.masked_array ma.masked_equal
            ma.masked_invalid ma.masked_where ma.MaskedArray ma.nomask may_share_memory
            meshgrid mgrid min_scalar_type moveaxis nan
            ndarray ndenumerate ndim ndindex nditer newaxis nonzero number object_ ogrid ones
            ones_like pad partition pi piecewise place printoptions promote_types put
            put_along_axis putmask r_ random.* ravel ravel_multi_index repeat require reshape
            resize result_type roll rollaxis rot90 s_ searchsorted select set_printoptions seterr
            shape shares_memory short signedinteger single size sort split squeeze stack swapaxes
            take take_along_axis testing.* tile transpose tri tril tril_indices triu triu_indices
            typename ubyte uint uint16 uint32 uint64 uint8 uintp ulong unique unravel_index
            unsignedinteger unstack vander vectorize vsplit vstack where zeros zeros_like
            """,
        ),
        *_below(
            f"""
            {_SHAPES} argpartition argsort astype base choose compress data diagonal fill flags
            flat flatten itemset newbyteorder byteswap nonzero partition put ravel repeat resize
            searchsorted setflags sort strides swapaxes take tobytes tofile
            """
        ),
    ),
    "numpy_elementwise": (
        *_named("numpy", f"{_ELEMENTWISE} cbrt fabs mod power rint around"),
        *_below("clip conj conjugate imag real round"),
    ),
    "numpy_reductions": (
        *_named(
            "numpy",
            f"""
            {_REDUCTIONS} average cumulative_sum nanargmax nanargmin nanmax nanmedian nanmin nanprod
            nanstd nanvar percentile ptp
            """,
        ),
        *_below(f"{_REDUCTIONS} ptp trace"),
    ),
    "numpy_products": (
        *_named("numpy", f"{_PRODUCTS} linalg.multi_dot linalg.norm matvec vecdot vecmat"),
        *_below("dot"),
    ),
    "torch_tensors": (
        *_named(
            "torch",
            """
            adjoint allclose arange argsort argwhere as_tensor atleast_1d atleast_2d bfloat16
            bincount block_diag bool BoolTensor broadcast_tensors broadcast_to cat chunk clone
            column_stack complex128 complex64 concat concatenate cpu.* cuda.current_device
            cuda.device_count cuda.is_available cuda.synchronize device diag diag_embed diagonal
            double DoubleTensor dtype e empty empty_like equal eye fill finfo flatten flip float
            float16 float32 float64 FloatTensor from_numpy full full_like func.vmap gather
            Generator get_default_dtype half hstack iinfo index_add index_select inf
            inference_mode int int16 int32 int64 int8 IntTensor is_complex is_floating_point
            is_grad_enabled is_nonzero is_tensor linspace long LongTensor manual_seed masked_fill
            masked_select meshgrid movedim nan narrow newaxis no_grad nonzero numel ones ones_like
            permute pi promote_types rand rand_like randint randn randn_like randperm ravel
            repeat_interleave reshape result_type roll scalar_tensor scatter scatter_add select
            set_default_dtype set_grad_enabled set_printoptions short Size sort split squeeze
            stack strided swapaxes t take take_along_dim Tensor tensor testing.* tile topk
            transpose tril triu uint8 unbind unique unravel_index unsqueeze vmap vstack where
            zeros zeros_like
            """,
        ),
        *_below(
            f"""
            {_SHAPES} allclose argsort argwhere bool broadcast_to byte chunk clone contiguous
            copy_ cpu cuda data detach detach_ device diag diag_embed diagonal dim double
            element_size equal expand expand_as fill_ fill_diagonal_ flatten flip float gather
            get_device grad H half index_add index_add_ index_copy index_copy_ index_fill
            index_fill_ index_put index_put_ index_select int is_contiguous is_cpu is_cuda
            is_floating_point is_leaf layout long masked_fill masked_fill_ masked_scatter
            masked_select movedim narrow ndimension nelement new_empty new_full new_ones
            new_tensor new_zeros nonzero numel numpy permute put_ ravel repeat repeat_interleave
            reshape_as resize_ roll scatter scatter_ scatter_add scatter_add_ scatter_reduce
            scatter_reduce_ select short sort split squeeze_ stride sum_to_size swapaxes swapdims
            t t_ take take_along_dim tensor_split tile to topk transpose_ tril triu type type_as
            unbind unflatten unfold unique unsqueeze unsqueeze_ view_as where zero_
            """
        ),
    ),
    "torch_elementwise": (
        *_named(
            "torch",
            f"""
            {_ELEMENTWISE} addcdiv addcmul clamp clamp_max clamp_min div eq ge gt le lerp lt mul ne
            neg rsqrt rsub sub
            """,
        ),
        *_below(
            f"""
            {_ELEMENTWISE} abs_ add_ addcdiv addcdiv_ addcmul addcmul_ ceil_ clamp clamp_
            clamp_max clamp_max_ clamp_min clamp_min_ clip_ div div_ divide_ eq eq_ exp_ expm1_
            floor_ ge ge_ gt gt_ le le_ lerp lerp_ log_ log1p_ logical_and_ logical_not_ lt lt_
            mul mul_ multiply_ nan_to_num_ ne ne_ neg neg_ pow_ reciprocal_ remainder_ round_
            rsqrt sign_ sqrt_ square_ sub sub_ subtract_ tanh_ true_divide_
            """
        ),
    ),
    "torch_reductions": (
        *_named("torch", f"{_REDUCTIONS} aminmax cummax cummin mode norm std_mean var_mean"),
        *_below(f"{_REDUCTIONS} aminmax cummax cummin cumsum_ norm"),
    ),
    "torch_products": (
        *_named(
            "torch",
            f"""
            {_PRODUCTS} addmm addmv addr baddbmm bmm chain_matmul ger linalg.multi_dot linalg.norm
            linalg.vector_norm linalg.matmul linalg.vecdot mm mv
            """,
        ),
        *_below(
            "addmm addmm_ addmv addr baddbmm bmm cross dot ger inner kron matmul mm mv outer vdot"
        ),
    ),
    "torch_forward": (
        *_named(
            "torch",
            """
            logsumexp log_softmax relu relu_ sigmoid softmax special.log_softmax special.logsumexp
            special.softmax
            """,
        ),
        *_named(
            "torch.nn.functional",
            """
            cross_entropy elu gelu hardtanh leaky_relu linear log_softmax logsigmoid mse_loss
            nll_loss normalize one_hot pad relu relu6 relu_ selu sigmoid silu softmax softplus
            tanh threshold
            """,
        ),
        *_named(
            "torch.nn",
            """
            CrossEntropyLoss Flatten Identity LogSoftmax Module ModuleDict ModuleList NLLLoss ReLU
            Sequential Sigmoid Softmax Tanh
            """,
        ),
        *_below("log_softmax logsumexp relu relu_ sigmoid sigmoid_ softmax"),
    ),
}


def expand_groups(entries: Iterable[str]) -> tuple[str, ...]:
    """Return the names that entries denote: groups are replaced by their members."""
    names = (name for entry in entries for name in GROUPS.get(entry, (entry,)))
    return tuple(dict.fromkeys(names))
